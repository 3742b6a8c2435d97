package voiptui.testkit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.function.Predicate;

/** A call between two processes, each with a {@linkplain LossyLegs way} of its own to the relay, and what both say is wrong. */
public final class LegCall implements AutoCloseable {

    private static final long SOON_MS = 60_000;
    private static final String[] TONE = {"--mic", "tone", "--speaker", "null"};

    /** The four legs of a call, as its first side names them. */
    public enum Leg {
        /** From the first side to the relay. */
        TO_RELAY("LOSS_TO_RELAY", "LOSS_PEER_TO_RELAY", "sent", "received"),
        /** From the relay to the first side. */
        FROM_RELAY("LOSS_FROM_RELAY", "LOSS_RELAY_TO_PEER", "received", "sent"),
        /** From the second side to the relay. */
        PEER_TO_RELAY("LOSS_PEER_TO_RELAY", "LOSS_TO_RELAY", "received", "sent"),
        /** From the relay to the second side. */
        RELAY_TO_PEER("LOSS_RELAY_TO_PEER", "LOSS_FROM_RELAY", "sent", "received");

        private final String cause;
        private final String causeForPeer;
        private final String direction;
        private final String directionForPeer;

        Leg(String cause, String causeForPeer, String direction, String directionForPeer) {
            this.cause = cause;
            this.causeForPeer = causeForPeer;
            this.direction = direction;
            this.directionForPeer = directionForPeer;
        }
    }

    private final LossyLegs firstLegs;
    private final LossyLegs secondLegs;
    private final VoiptuiProcess second;
    private final VoiptuiProcess first;

    /** Starts a call; the names of the two sides begin with {@code name}. Waits until both have a verdict. */
    public LegCall(TestRelay relay, String name, long seed) throws IOException {
        firstLegs = new LossyLegs(relay.media(), seed);
        secondLegs = new LossyLegs(relay.media(), seed + 1);
        second = VoiptuiProcess.start(relay.v2Call(name + "-2", name + "-1", options(secondLegs)));
        first = VoiptuiProcess.start(relay.v2Call(name + "-1", name + "-2", options(firstLegs)));
    }

    private static String[] options(LossyLegs legs) {
        return new String[] {"--relay-udp-port", String.valueOf(legs.port()), TONE[0], TONE[1], TONE[2], TONE[3]};
    }

    /** Waits until both sides find no loss, and know what each leg loses: hardly anything. */
    public void awaitGood() {
        for (VoiptuiProcess side : new VoiptuiProcess[] {first, second}) {
            side.awaitEventAfter(
                    side.lines(),
                    SOON_MS,
                    "quality",
                    event -> isFine(event, "received")
                            && isFine(event, "sent")
                            && !event.get("legs").isJsonNull());
        }
    }

    private static boolean isFine(JsonObject quality, String direction) {
        JsonObject verdict = quality.getAsJsonObject(direction);
        return !verdict.get("grade").isJsonNull()
                && !verdict.get("cause").getAsString().startsWith("LOSS")
                && verdict.get("loss_percent").getAsDouble() < 1;
    }

    /** Loses datagrams on one leg with a chance from 0 to 1, on all others none. */
    public void lose(Leg leg, double chance) {
        firstLegs.lose(leg == Leg.TO_RELAY ? chance : 0, leg == Leg.FROM_RELAY ? chance : 0);
        secondLegs.lose(leg == Leg.PEER_TO_RELAY ? chance : 0, leg == Leg.RELAY_TO_PEER ? chance : 0);
    }

    /** Loses datagrams on both legs of the first side. */
    public void loseOnBothLegsOfFirst(double chance) {
        firstLegs.lose(chance, chance);
    }

    /** Loses nothing any more. */
    public void heal() {
        firstLegs.lose(0, 0);
        secondLegs.lose(0, 0);
    }

    /** What one side of the call says. */
    public record Blame(VoiptuiProcess side, int firstLine, String direction, String cause) {

        /** Waits for the first verdict in this direction that blames a leg, and returns its cause. */
        public String await(long timeoutMs) {
            Predicate<JsonObject> blames = event ->
                    event.getAsJsonObject(direction).get("cause").getAsString().startsWith("LOSS_");
            return side.awaitEventAfter(firstLine, timeoutMs, "quality", blames)
                    .getAsJsonObject(direction)
                    .get("cause")
                    .getAsString();
        }
    }

    /** Returns what the two sides have to say about a leg from now on, the first side's at first. */
    public Blame[] blames(Leg leg) {
        return new Blame[] {
            new Blame(first, first.lines(), leg.direction, leg.cause),
            new Blame(second, second.lines(), leg.directionForPeer, leg.causeForPeer)
        };
    }

    @Override
    public void close() {
        first.close();
        second.close();
        firstLegs.close();
        secondLegs.close();
    }
}
