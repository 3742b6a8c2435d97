package voiptui.rtp;

/** Payload of a call's RTP packets: payload type and clock. */
public enum PayloadFormat {

    /** Opus at any bandwidth: always a clock of 48 kHz (RFC 7587, 4.1), dynamic payload type. */
    OPUS(111, 48_000, 1275),
    /** Signed 16-bit samples, big-endian, mono at 44.1 kHz (RFC 3551, 4.5.11 and table 4). */
    L16(11, 44_100, ClassicPacket.PAYLOAD_BYTES);

    /** Payload type of redundant payloads (RFC 2198). */
    public static final int RED_PAYLOAD_TYPE = 112;
    /** Payload type of retransmitted packets of the codec (RFC 4588). */
    public static final int RTX_PAYLOAD_TYPE = 113;
    /** Payload type of retransmitted packets with redundant payloads. */
    public static final int RED_RTX_PAYLOAD_TYPE = 114;

    private final int payloadType;
    private final int clockHz;
    private final int maxPayloadBytes;

    PayloadFormat(int payloadType, int clockHz, int maxPayloadBytes) {
        this.payloadType = payloadType;
        this.clockHz = clockHz;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Returns the payload type in the packet's header. */
    public int payloadType() {
        return payloadType;
    }

    /** Returns the RTP clock, in hertz. */
    public int clockHz() {
        return clockHz;
    }

    /** Returns the longest valid payload, in bytes. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }
}
