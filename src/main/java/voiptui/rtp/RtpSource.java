package voiptui.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The identifiers of this client in the RTP packets of one call. All are random: unpredictable numbers make forged packets
 * detectable (RFC 3550, 5.1 and 8.1), and the canonical name reveals nothing (RFC 7022, 4.2). Immutable.
 */
public final class RtpSource {

    /**
     * The highest first sequence number: the lower half, so that a receiver of SRTP that misses the first packets does not miss a
     * rollover (RFC 3711, 3.3.1).
     */
    public static final int MAX_FIRST_SEQUENCE = 0x7fff;

    /** Random part of the canonical name: 96 bits (RFC 7022, 5). */
    private static final int CNAME_RANDOM_BYTES = 12;

    private final int ssrc;
    private final int firstSequence;
    private final int firstTimestamp;
    private final byte[] cname;

    /** Draws the identifiers from {@code random}, which should be cryptographically secure. */
    public RtpSource(RandomGenerator random) {
        this.ssrc = random.nextInt();
        this.firstSequence = random.nextInt() & MAX_FIRST_SEQUENCE;
        this.firstTimestamp = random.nextInt();
        byte[] name = new byte[CNAME_RANDOM_BYTES];
        random.nextBytes(name);
        this.cname = Base64.getEncoder().withoutPadding().encodeToString(name).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the synchronization source. */
    public int ssrc() {
        return ssrc;
    }

    /** Returns the sequence number of the first packet, 0 to {@link #MAX_FIRST_SEQUENCE}. */
    public int firstSequence() {
        return firstSequence;
    }

    /** Returns the timestamp of the first packet. */
    public int firstTimestamp() {
        return firstTimestamp;
    }

    /** Returns a copy of the canonical name: 16 ASCII characters. */
    public byte[] cname() {
        return cname.clone();
    }
}
