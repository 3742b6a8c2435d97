package voiptui.rtp;

/**
 * Extends the 16-bit sequence numbers of RTP to 32 bits: the upper half counts the wraps of the lower (the extended
 * sequence number of RFC 3550, 6.4.1 and A.1).
 *
 * <p>Chooses the extension that is closest to the previous number. Owned by the network thread.
 */
public final class SequenceExtender {

    private boolean begun;
    private int last;

    /**
     * Returns the extended sequence number of a packet.
     *
     * @param sequence as received, 0 to 65,535
     */
    public int extend(int sequence) {
        last = begun ? last + (short) (sequence - last) : sequence;
        begun = true;
        return last;
    }

    /** Restarts at zero wraps: the next packet comes from another source. */
    public void onNewSource() {
        begun = false;
    }
}
