package voiptui.rtp;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * Decides which source is listened to: one at a time, and another only when there is reason to believe in it.
 *
 * <p>A client has a random SSRC in each call, so a changed one means that the other side began anew. But a single packet
 * that went astray, or is forged, must not end the stream that runs. In the spirit of RFC 3550, 8.2 and A.1 (probation), a
 * new source is taken
 * <ul>
 * <li>at once while there is none, or after the old one said BYE;
 * <li>at once when the old one was silent for {@value #SILENCE_MS} ms;
 * <li>else with its packet {@value #PROBATION_PACKETS} in sequence, if none of the old one's came in between.
 * </ul>
 * So two that send at the same time cannot take turns. Owned by the network thread.
 */
public final class SourceGuard {

    /** What to do with a packet. */
    public enum Verdict {
        /** It is of the source that is listened to. */
        CURRENT,
        /** It is the first of a source that is listened to from now on. */
        CHANGED,
        /** It is of another source: drop it. */
        FOREIGN,
        /** It was overtaken by the BYE of its source: drop it. */
        AFTER_END
    }

    /** After so long without a packet of the current source anybody may take its place. */
    static final int SILENCE_MS = 500;
    /** So many packets in sequence make a new source believable beside one that was just heard. */
    static final int PROBATION_PACKETS = 5;
    /** So long after its BYE a packet of a source is one that was overtaken. */
    static final int STRAGGLER_MS = 200;

    private boolean listening;
    private int current;
    private long lastHeardNs;

    private boolean left;
    private int leaver;
    private long leftNs;

    private int candidate;
    private int candidateNext;
    private int candidatePackets;

    /**
     * Judges a packet.
     *
     * @param ssrc whom it is from
     * @param sequence its 16-bit number
     * @param arrivalNs when it came
     */
    public Verdict onPacket(int ssrc, int sequence, long arrivalNs) {
        if (listening && ssrc == current) {
            lastHeardNs = arrivalNs;
            candidatePackets = 0;
            return Verdict.CURRENT;
        }
        if (left && ssrc == leaver) {
            if (arrivalNs - leftNs < STRAGGLER_MS * NS_PER_MS) {
                return Verdict.AFTER_END;
            }
            left = false;
        }
        if (listening && arrivalNs - lastHeardNs < SILENCE_MS * NS_PER_MS && !provesItself(ssrc, sequence)) {
            return Verdict.FOREIGN;
        }
        listening = true;
        current = ssrc;
        lastHeardNs = arrivalNs;
        candidatePackets = 0;
        return Verdict.CHANGED;
    }

    private boolean provesItself(int ssrc, int sequence) {
        boolean goesOn = candidatePackets > 0 && ssrc == candidate && sequence == candidateNext;
        candidatePackets = goesOn ? candidatePackets + 1 : 1;
        candidate = ssrc;
        candidateNext = sequence + 1 & 0xffff;
        return candidatePackets >= PROBATION_PACKETS;
    }

    /**
     * A source said BYE.
     *
     * @return whether it is the one that is listened to, which now is none
     */
    public boolean onBye(int ssrc, long arrivalNs) {
        if (!isCurrent(ssrc)) {
            return false;
        }
        listening = false;
        left = true;
        leaver = ssrc;
        leftNs = arrivalNs;
        return true;
    }

    /** Whether it is the source that is listened to. */
    public boolean isCurrent(int ssrc) {
        return listening && ssrc == current;
    }
}
