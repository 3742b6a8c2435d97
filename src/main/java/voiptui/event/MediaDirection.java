package voiptui.event;

/** One direction of the sound of a call, seen from this side. */
public enum MediaDirection {
    /** What the user hears of the peer. */
    RECEIVED,
    /** What the peer hears of the user. */
    SENT
}
