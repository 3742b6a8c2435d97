package voiptui.event;

/** The state of a call as its user sees it. */
public enum CallState {
    /** Registering with the relay, or asking it to set up the call. */
    CONNECTING,
    /** Registered, and nothing received from the peer yet; v2: the peer is offline. */
    WAITING,
    /** The peer's phone is ringing. v2 only. */
    RINGING,
    /** Audio flows between the two sides. */
    IN_CALL,
    /** Nothing received from the peer for five seconds. */
    PEER_SILENT,
    /** The relay does not answer; the client keeps retrying. */
    RELAY_LOST,
    /** The call has ended; see {@link EndReason}. */
    ENDED
}
