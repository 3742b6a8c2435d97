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
    /** The relay's certificate is not the one that was pinned, or is not known and nobody was asked. */
    RELAY_UNTRUSTED("the relay is not trusted"),
    /** The name is not ours to use at this relay. */
    NAME_REFUSED("the relay refused the name"),
    /** The other side did not take the call. */
    REJECTED("the other side rejected the call"),
    /** The other side talks to somebody else. */
    BUSY("the other side is busy"),
    /** Nobody answered in the time that was given. */
    NO_ANSWER("nobody answered"),
    /** The other side was gone for too long. */
    PEER_LOST("the other side was lost"),
    /** Another phone of ours took the call. */
    ELSEWHERE("answered on another phone"),
    /** The two have no way of coding sound in common. */
    NO_CODEC("the two sides have no codec in common"),
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
