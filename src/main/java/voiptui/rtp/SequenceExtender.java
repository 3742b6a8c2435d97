package voiptui.rtp;

/**
 * Makes 32-bit sequence numbers, as {@link SequenceTracker} takes them, of the 16-bit ones of RTP: the upper half counts
 * how often the lower one went round (the extended sequence number of RFC 3550, 6.4.1 and A.1).
 *
 * <p>A number is taken for the one of its kind that is closest to the number before. Owned by the network thread.
 */
public final class SequenceExtender {

    private boolean begun;
    private int last;

    /**
     * The extended number of a packet.
     *
     * @param sequence as it came, from 0 to 65,535
     */
    public int extend(int sequence) {
        last = begun ? last + (short) (sequence - last) : sequence;
        begun = true;
        return last;
    }

    /** What comes next is of another source, which begins with no rounds. */
    public void onNewSource() {
        begun = false;
    }
}
