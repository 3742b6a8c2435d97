package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;

/** What stays behind when a relay's screen is gone. */
class FarewellTest {

    private static final Map<Counter, Long> TOTALS = TopSamples.counters(
            Counter.FORWARDED,
            1_234_567,
            Counter.FORWARDED_BYTES,
            61_000_000,
            Counter.DROPPED_NO_PEER,
            1_000,
            Counter.DROPPED_OVERSIZED,
            234,
            Counter.REGISTRATIONS,
            17,
            Counter.SIGN_INS,
            40,
            Counter.CONTROL_INVALID,
            5);

    @Test
    void shouldPrintTotalsAndLogFile() {
        assertThat(TopScreen.farewell(98_765_000, TOTALS, "/state/voiptui/relay.log"))
                .containsExactly(
                        "Relay stopped after 1d 03:26:05, 40 sign-ins, 17 classic registrations",
                        "  media      1,234,567 datagrams forwarded (58 MB), 1,234 dropped",
                        "  log        /state/voiptui/relay.log");
    }

    @Test
    void shouldNotTellOfALogThatIsNowhere() {
        assertThat(TopScreen.farewell(0, TOTALS, "")).hasSize(2);
    }
}
