package voiptui.event;

/** What a call suffers from most, and where. In brackets the unit of the value that says how much. */
public enum QualityCause {
    /** Nothing worth mentioning. */
    NONE,
    /** Packets are lost from here to the relay [percent]. */
    LOSS_TO_RELAY,
    /** Packets are lost from the relay to here [percent]. */
    LOSS_FROM_RELAY,
    /** Packets are lost from the peer to the relay [percent]. */
    LOSS_PEER_TO_RELAY,
    /** Packets are lost from the relay to the peer [percent]. */
    LOSS_RELAY_TO_PEER,
    /** Packets are lost, nobody knows where [percent]. */
    LOSS,
    /** Packets arrive too irregularly to be played [percent of those expected]. */
    LATE_PACKETS,
    /** Sound takes long from mouth to ear [milliseconds]. */
    DELAY,
    /** Nothing arrives from the peer although the relay is reached [milliseconds]. */
    NOTHING_RECEIVED,
    /** Nothing arrives, and the relay is not reached either [milliseconds]. */
    RELAY_LOST;

    /** Returns whether packets get lost. */
    public boolean isLoss() {
        return this == LOSS
                || this == LOSS_TO_RELAY
                || this == LOSS_FROM_RELAY
                || this == LOSS_PEER_TO_RELAY
                || this == LOSS_RELAY_TO_PEER;
    }

    /** Returns whether nothing arrives at all. */
    public boolean isOutage() {
        return this == NOTHING_RECEIVED || this == RELAY_LOST;
    }
}
