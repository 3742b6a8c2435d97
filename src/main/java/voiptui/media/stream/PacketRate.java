package voiptui.media.stream;

import voiptui.time.PacketTime;

/**
 * Measures the length of a stream's packets and the bit rate of the encoded audio in them, without headers and copies.
 *
 * <p>Written by the network thread; any thread reads. Allocates nothing.
 */
final class PacketRate {

    /** Longest packet of Opus (RFC 6716, 2.1.4), in milliseconds: a longer step is a pause. */
    private static final double MAX_PACKET_MS = 120;
    /** Opus payloads up to this length, in bytes, hold no audio (discontinuous transmission, RFC 7587, 3.1.3). */
    private static final int SILENT_BYTES = 2;
    /** Weight of the newest packet in the mean length: about the last two seconds count. */
    private static final double WEIGHT = 1 / 100.0;

    private final double unitsPerMs;
    private boolean started;
    private long lastSequence;
    private long lastTimestamp;
    private double meanBytes = Double.NaN;
    private volatile double packetMs = PacketTime.MS;
    private volatile double bitsPerSecond = Double.NaN;

    /** Measures packets whose timestamps count {@code clockHz} units per second. */
    PacketRate(double clockHz) {
        this.unitsPerMs = clockHz / 1000;
    }

    /** Forgets the stream so far, but not what was measured. Network thread. */
    void onNewStream() {
        started = false;
    }

    /**
     * Takes a packet into account. Network thread.
     *
     * @param sequence number that never wraps
     * @param timestamp that never wraps, in units of the clock
     * @param payloadBytes length of the encoded audio, in bytes
     */
    void onPacket(long sequence, long timestamp, int payloadBytes) {
        double stepMs = (timestamp - lastTimestamp) / unitsPerMs;
        if (started && sequence - lastSequence == 1 && stepMs > 0 && stepMs <= MAX_PACKET_MS) {
            packetMs = stepMs;
        }
        if (!started || sequence > lastSequence) {
            lastSequence = sequence;
            lastTimestamp = timestamp;
            started = true;
        }
        if (payloadBytes > SILENT_BYTES) {
            meanBytes = Double.isNaN(meanBytes) ? payloadBytes : meanBytes + (payloadBytes - meanBytes) * WEIGHT;
            bitsPerSecond = meanBytes * Byte.SIZE * 1000 / packetMs;
        }
    }

    /** Returns the length of a packet, in milliseconds; {@value PacketTime#MS} until two packets in a row arrived. */
    double packetMs() {
        return packetMs;
    }

    /** Returns the bit rate while the peer speaks; NaN before the first packet. */
    double bitsPerSecond() {
        return bitsPerSecond;
    }
}
