package voiptui.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Who we are in a call's RTP packets, all of it random: numbers that nobody can guess make packets that nobody can forge
 * unseen (RFC 3550, 5.1 and 8.1), and a name that tells nothing of us (RFC 7022, 4.2). Immutable.
 */
public final class RtpSource {

    /** 96 bits of the canonical name (RFC 7022, 5). */
    private static final int CNAME_RANDOM_BYTES = 12;

    private final int ssrc;
    private final int firstSequence;
    private final int firstTimestamp;
    private final byte[] cname;

    /** Draws all of it from {@code random}, which should be a cryptographic one. */
    public RtpSource(RandomGenerator random) {
        this.ssrc = random.nextInt();
        this.firstSequence = random.nextInt() & 0xffff;
        this.firstTimestamp = random.nextInt();
        byte[] name = new byte[CNAME_RANDOM_BYTES];
        random.nextBytes(name);
        this.cname = Base64.getEncoder().withoutPadding().encodeToString(name).getBytes(StandardCharsets.US_ASCII);
    }

    /** Our synchronization source. */
    public int ssrc() {
        return ssrc;
    }

    /** The number of the first packet, from 0 to 65,535. */
    public int firstSequence() {
        return firstSequence;
    }

    /** The timestamp of the first packet. */
    public int firstTimestamp() {
        return firstTimestamp;
    }

    /** Our canonical name, 16 characters of ASCII; a copy. */
    public byte[] cname() {
        return cname.clone();
    }
}
