package voiptui.media.stream;

import voiptui.rtp.repair.ReceivedPackets;

/**
 * Asks the peer for packets that came too late to be played or not at all, as long as somebody wants to hear or record them: however
 * long the round trip is, apart from the repair of what is being played. Only a peer that keeps what it has sent is asked.
 *
 * <p>Owned by the network thread. Allocates nothing per packet.
 */
public final class Healing {

    private final ReceivedPackets history;
    private final NackSender nacks;
    private final LossFeedback feedback;
    private final boolean asks;
    private final int[] missing = new int[ReceivedPackets.MAX_AT_ONCE];
    private int ssrc;

    /**
     * Starts without packets.
     *
     * @param history knows what is missing
     * @param feedback knows the round trip
     * @param asks whether the peer keeps what it has sent
     */
    public Healing(ReceivedPackets history, NackSender nacks, LossFeedback feedback, boolean asks) {
        this.history = history;
        this.nacks = nacks;
        this.feedback = feedback;
        this.asks = asks;
    }

    /** Starts over for another source. */
    void onNewSource(int newSsrc) {
        ssrc = newSsrc;
    }

    /** Asks for what is due, after a datagram of the peer: without any, nothing would be answered. */
    void onDatagram(long nowNs) {
        if (asks) {
            nacks.send(ssrc, missing, history.collect(missing, feedback.roundTripMs(), nowNs));
        }
    }
}
