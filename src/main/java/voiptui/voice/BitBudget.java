package voiptui.voice;

import voiptui.rtp.RtpPacket;

/**
 * Keeps the bit rate of a stream below a limit: what was not sent may be sent within the next half second.
 *
 * <p>Owned by the capture thread. Allocates nothing.
 */
final class BitBudget {

    /** IPv4, UDP and RTP. */
    static final int HEADER_BYTES = RtpPacket.LOWER_LAYER_BYTES + RtpPacket.HEADER_BYTES;

    private static final double MEMORY_SECONDS = 0.5;

    private final int rateHz;
    private double bytesPerSecond = Double.MAX_VALUE;
    private double bytes;
    private long filledAt;

    /** @param rateHz units of time in a second */
    BitBudget(int rateHz) {
        this.rateHz = rateHz;
    }

    /** Limits the bit rate from now on, in bit/s, headers included. */
    void limit(int bitRateBps) {
        bytesPerSecond = bitRateBps / 8.0;
        bytes = Math.min(bytes, MEMORY_SECONDS * bytesPerSecond);
    }

    /** Lets time go on to {@code now}. */
    void refill(long now) {
        bytes = Math.min(MEMORY_SECONDS * bytesPerSecond, bytes + (double) (now - filledAt) / rateHz * bytesPerSecond);
        filledAt = now;
    }

    /** Returns whether a packet with a payload of {@code payloadBytes} fits. */
    boolean allows(int payloadBytes) {
        return payloadBytes + HEADER_BYTES <= bytes;
    }

    /** Counts what is sent apart from the stream, headers included. */
    void spendElsewhere(int otherBytes) {
        bytes -= otherBytes;
    }

    /** Counts a packet that is sent, whether it fits or not. */
    void spend(int payloadBytes) {
        bytes -= payloadBytes + HEADER_BYTES;
    }
}
