package voiptui.voice;

/**
 * Tells when speech without pauses needs more bits than a clean path should carry. An encoder's bit rate is a mean over speech as it
 * usually is; sound without any pause takes a tenth more.
 *
 * <p>Owned by the capture thread. Allocates nothing.
 */
final class CleanRate {

    /** The most on a clean path, in bit/s, headers included. */
    private static final double MAX_BPS = 45_000;
    /** Below this the full rate is affordable again. */
    private static final double AFFORDABLE_BPS = 42_000;
    /** The time over which the rate is averaged, in milliseconds. */
    private static final double MEAN_MS = 2_000;

    private double bitsPerSecond = AFFORDABLE_BPS;
    private boolean exceeded;

    /**
     * Counts a packet.
     *
     * @param payloadBytes without headers
     * @param ms the time it covers
     */
    void onPacket(int payloadBytes, double ms) {
        double now = (payloadBytes + BitBudget.HEADER_BYTES) * Byte.SIZE * 1000 / ms;
        bitsPerSecond += (now - bitsPerSecond) * Math.min(1, ms / MEAN_MS);
        exceeded = bitsPerSecond > (exceeded ? AFFORDABLE_BPS : MAX_BPS);
    }

    /** Returns whether to encode with fewer bits. */
    boolean isExceeded() {
        return exceeded;
    }
}
