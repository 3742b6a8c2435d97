package voiptui.rtp;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * Selects the one source (SSRC) that is played, and switches to another only on evidence.
 *
 * <p>A client draws a random SSRC for each call, so a new SSRC means that the peer restarted. A single stray or forged
 * packet must not end the current stream, however. In the spirit of RFC 3550, 8.2 and A.1 (probation), a new source is
 * accepted
 * <ul>
 * <li>at once if there is no current source or it sent BYE;
 * <li>at once if the current source has been silent for {@value #SILENCE_MS} ms;
 * <li>otherwise with its {@value #PROBATION_PACKETS}th packet in sequence, if the current source sent none in between.
 * </ul>
 * Two simultaneous senders therefore cannot alternate. Owned by the network thread.
 */
public final class SourceSelector {

    /** What to do with a packet: play or drop it. */
    public enum Verdict {
        /** From the current source. */
        CURRENT,
        /** The first packet of a new current source. */
        CHANGED,
        /** From another source: drop it. */
        FOREIGN,
        /** Overtaken by the BYE of its source: drop it. */
        AFTER_END
    }

    /** Silence of the current source after which any other may replace it, in milliseconds. */
    static final int SILENCE_MS = 500;
    /** Packets in sequence that a new source must send while the current one is heard. */
    static final int PROBATION_PACKETS = 5;
    /** Time after a BYE in which packets of its source count as overtaken, in milliseconds. */
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
     * @param ssrc its source
     * @param sequence its sequence number, 16 bits
     * @param arrivalNs its time of arrival
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
        if (listening && arrivalNs - lastHeardNs < SILENCE_MS * NS_PER_MS && !passesProbation(ssrc, sequence)) {
            return Verdict.FOREIGN;
        }
        listening = true;
        current = ssrc;
        lastHeardNs = arrivalNs;
        candidatePackets = 0;
        return Verdict.CHANGED;
    }

    private boolean passesProbation(int ssrc, int sequence) {
        boolean goesOn = candidatePackets > 0 && ssrc == candidate && sequence == candidateNext;
        candidatePackets = goesOn ? candidatePackets + 1 : 1;
        candidate = ssrc;
        candidateNext = sequence + 1 & 0xffff;
        return candidatePackets >= PROBATION_PACKETS;
    }

    /**
     * Handles the BYE of a source.
     *
     * @return true if that was the current source; there is none now
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

    /** Returns whether {@code ssrc} is the current source. */
    public boolean isCurrent(int ssrc) {
        return listening && ssrc == current;
    }
}
