package voiptui.rtp;

import voiptui.time.PacketTime;

/** What a call's RTP packets carry: payload type and clock, 20 ms in each packet. */
public enum PayloadFormat {

    /** Opus, whatever its bandwidth, on a clock of 48 kHz (RFC 7587, 4.1), with a dynamic payload type. */
    OPUS(111, 48_000, 1275),
    /** Signed 16-bit samples, big-endian, mono at 44.1 kHz (RFC 3551, 4.5.11 and table 4). */
    L16(11, 44_100, ClassicPacket.PAYLOAD_BYTES);

    private final int payloadType;
    private final int clockHz;
    private final int maxPayloadBytes;

    PayloadFormat(int payloadType, int clockHz, int maxPayloadBytes) {
        this.payloadType = payloadType;
        this.clockHz = clockHz;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** The number in the packet's header. */
    public int payloadType() {
        return payloadType;
    }

    /** Units of the timestamp in a second. */
    public int clockHz() {
        return clockHz;
    }

    /** By how much the timestamp grows from packet to packet. */
    public int timestampStep() {
        return clockHz / PacketTime.PACKETS_PER_SECOND;
    }

    /** The longest payload that makes sense. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }
}
