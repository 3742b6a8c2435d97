package voiptui.event;

/** Why a call is over. */
public enum EndReason {
    /** The user hung up. */
    QUIT("you hung up"),
    /** The time asked for has passed. */
    DURATION("the time asked for has passed"),
    /** The peer sent end-of-transmission. */
    PEER_LEFT("the other side hung up"),
    /** Ctrl+C. */
    INTERRUPTED("interrupted"),
    /** The relay never answered. */
    RELAY_UNREACHABLE("the relay cannot be reached"),
    /** The relay has as many clients as it takes. */
    RELAY_FULL("the relay is full"),
    /** The relay did not accept what we said. */
    RELAY_REFUSED("the relay refused the registration"),
    /** A fault of ours. */
    FAILED("an internal error");

    private final String words;

    EndReason(String words) {
        this.words = words;
    }

    /** The reason as half a sentence for people. */
    public String words() {
        return words;
    }
}
