package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.testkit.LegCall;
import voiptui.testkit.LegCall.Leg;
import voiptui.testkit.TestRelay;

/** Both sides of a call say on which leg packets get lost. */
class WhereIT {

    private static final long LIMIT_MS = 5_000;
    private static final long SEED = 20_261;

    /** Each direction of the call loses on another leg, so that the four verdicts of the two sides are all different. */
    @Test
    void shouldBlameTheLegThatLosesWithinFiveSeconds() throws Exception {
        try (TestRelay relay = TestRelay.start();
                LegCall call = new LegCall(relay, "where", SEED)) {
            call.awaitGood();
            List<LegCall.Blame> blames = new ArrayList<>(List.of(call.blames(Leg.TO_RELAY)));
            blames.addAll(List.of(call.blames(Leg.FROM_RELAY)));
            long startNs = System.nanoTime();

            call.loseOnBothLegsOfFirst(0.2);

            for (LegCall.Blame blame : blames) {
                long leftMs = LIMIT_MS - (System.nanoTime() - startNs) / 1_000_000;
                assertThat(blame.await(leftMs)).as("%s", blame.side()).isEqualTo(blame.cause());
            }
        }
    }
}
