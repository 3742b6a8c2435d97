package voiptui.event;

/** Where a call stands, as its user sees it. */
public enum CallState {
    /** Asking the relay to register us. */
    CONNECTING,
    /** Registered; nothing heard from the peer yet. */
    WAITING,
    /** The peer's phone rings. */
    RINGING,
    /** The peer is heard. */
    IN_CALL,
    /** The peer was heard, and then nothing for five seconds. */
    PEER_SILENT,
    /** The relay does not answer; it is asked again and again. */
    RELAY_LOST,
    /** Over, for a {@link EndReason}. */
    ENDED
}
