package voiptui.event;

/** Why a call ended. */
public enum EndReason {
    /** The user hung up. */
    QUIT("you hung up"),
    /** The call reached its {@code --duration}. */
    DURATION("the time limit was reached"),
    /** The peer hung up; classic: it sent end-of-transmission. */
    PEER_LEFT("the other side hung up"),
    /** Ctrl+C or SIGTERM. */
    INTERRUPTED("interrupted"),
    /** The relay never answered. */
    RELAY_UNREACHABLE("the relay cannot be reached"),
    /** The relay has reached its maximum number of clients. */
    RELAY_FULL("the relay is full"),
    /** The relay refused the registration or sign-in. */
    RELAY_REFUSED("the relay refused the registration"),
    /** The relay is about to stop, and takes no new calls. */
    RELAY_STOPPING("the relay is about to stop"),
    /** The relay's certificate differs from the pinned one, or is unknown and the user did not confirm it. */
    RELAY_UNTRUSTED("the relay is not trusted"),
    /** The relay does not let this client use the name. */
    NAME_REFUSED("the relay refused the name"),
    /** The relay's operator signed the client out. */
    SIGNED_OUT("the operator of the relay has signed you out"),
    /** The relay's operator has blocked the client's certificate or address. */
    BLOCKED("the operator of the relay has blocked you"),
    /** The other side rejected the call. */
    REJECTED("the other side rejected the call"),
    /** The other side is in another call. */
    BUSY("the other side is busy"),
    /** Nobody answered before the ring timeout. */
    NO_ANSWER("no answer"),
    /** The other side lost its connection and did not return in time. */
    PEER_LOST("the other side lost its connection"),
    /** Another phone signed in under the same name answered the call. */
    ELSEWHERE("answered on another phone"),
    /** The two sides have no codec in common. */
    NO_CODEC("no codec in common"),
    /** The user called the name that they are signed in with. */
    OWN_NAME("that is your own name"),
    /** The call would not be encrypted end to end, and the user wants no others. */
    NOT_ENCRYPTED("the call would not be encrypted"),
    /** The other side's fingerprint has changed, and the user did not accept that. */
    PEER_CHANGED("the other side's fingerprint has changed"),
    /** The two sides could not agree on keys. */
    ENCRYPTION_FAILED("the encryption could not be set up"),
    /** A bug in this program. */
    FAILED("internal error");

    private final String text;

    EndReason(String text) {
        this.text = text;
    }

    /** Returns the reason for users, a phrase that follows "ended: ". */
    public String text() {
        return text;
    }
}
