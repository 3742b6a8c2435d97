package voiptui.codec;

/**
 * How an encoder spends its bits. Immutable; any thread.
 *
 * @param bitRateBps average bit rate in bit/s without headers, redundancy included: 6,000 to 510,000 (RFC 6716, 2.1.1)
 * @param lossPercent loss of packets to protect against, 0 to 100. In-band FEC and DRED get no bits at 0
 * @param inBandFec whether a packet also holds the frame before it, at a lower quality (RFC 6716, 2.1.7)
 * @param dredMs how far back the deep redundancy (DRED) of a packet may reach, 0 to 1,000 ms in steps of 10. It is taken from
 *     {@code bitRateBps} and reaches only as far as that allows
 * @param dtx whether nothing but a rare update is sent in silence (RFC 6716, 2.1.9)
 */
public record EncoderSettings(int bitRateBps, int lossPercent, boolean inBandFec, int dredMs, boolean dtx) {

    /** What an encoder starts with: nothing is protected. */
    public static final EncoderSettings DEFAULT = new EncoderSettings(Opus.BITRATE_KBPS * 1000, 0, false, 0, false);

    /** The step of {@code dredMs}. */
    static final int DRED_STEP_MS = 10;

    private static final int MIN_BIT_RATE_BPS = 6_000;
    private static final int MAX_BIT_RATE_BPS = 510_000;
    private static final int MAX_DRED_MS = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public EncoderSettings {
        require(bitRateBps >= MIN_BIT_RATE_BPS && bitRateBps <= MAX_BIT_RATE_BPS, "bit rate", bitRateBps);
        require(lossPercent >= 0 && lossPercent <= 100, "loss", lossPercent);
        require(dredMs >= 0 && dredMs <= MAX_DRED_MS && dredMs % DRED_STEP_MS == 0, "DRED duration", dredMs);
    }

    /** Returns these settings without discontinuous transmission. */
    public EncoderSettings withoutDtx() {
        return new EncoderSettings(bitRateBps, lossPercent, inBandFec, dredMs, false);
    }

    /** Returns these settings with another bit rate, at least the lowest. */
    public EncoderSettings withBitRate(int otherBps) {
        return new EncoderSettings(Math.max(MIN_BIT_RATE_BPS, otherBps), lossPercent, inBandFec, dredMs, dtx);
    }

    private static void require(boolean valid, String what, int value) {
        if (!valid) {
            throw new IllegalArgumentException(what + " out of range: " + value);
        }
    }
}
