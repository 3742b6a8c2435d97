package voiptui.testkit;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * An RTP packet without extensions or padding, written and read from RFC 3550, 5.1, with none of the product's code.
 *
 * @param payloadType 0 to 127
 * @param marker the marker bit
 * @param sequence 16 bits
 * @param timestamp 32 bits, in units of the payload's clock
 * @param ssrc 32 bits
 * @param payload what it carries
 */
public record RtpPacket(int payloadType, boolean marker, int sequence, long timestamp, long ssrc, byte[] payload) {

    /** Opus at 48,000 Hz. */
    public static final int OPUS = 111;
    /** L16, mono, at 44,100 Hz. */
    public static final int L16 = 11;

    private static final int HEADER_BYTES = 12;
    private static final int OPUS_FRAME_SAMPLES = 960;

    /** A packet of 20 ms of Opus that nobody can decode: {@code payloadBytes} bytes that depend on the number. */
    public static RtpPacket numbered(int number, long ssrc, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        for (int i = 0; i < payloadBytes; i++) {
            payload[i] = (byte) (number * 31 + i * 7 + 1);
        }
        return new RtpPacket(
                OPUS, number == 0, number & 0xffff, (long) number * OPUS_FRAME_SAMPLES & 0xffff_ffffL, ssrc, payload);
    }

    /** The datagram. */
    public byte[] bytes() {
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        packet.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | payloadType)).putShort((short) sequence);
        packet.putInt((int) timestamp).putInt((int) ssrc).put(payload);
        return packet.array();
    }

    /** Whether a datagram is RTCP, which has packet types from 192 to 223 in the second byte (RFC 5761, 4). */
    public static boolean isRtcp(byte[] datagram) {
        return datagram.length >= 8
                && (datagram[0] & 0xc0) == 0x80
                && (datagram[1] & 0xff) >= 192
                && (datagram[1] & 0xff) <= 223;
    }

    /** Whether a datagram is RTP. */
    public static boolean isRtp(byte[] datagram) {
        return datagram.length >= HEADER_BYTES && (datagram[0] & 0xc0) == 0x80 && !isRtcp(datagram);
    }

    /** Reads a packet, and fails on anything else and on what this class does not know. */
    public static RtpPacket parse(byte[] datagram) {
        if (!isRtp(datagram) || (datagram[0] & 0x3f) != 0) {
            throw new AssertionError("no plain RTP: " + HexFormat.of().formatHex(datagram));
        }
        ByteBuffer packet = ByteBuffer.wrap(datagram);
        byte[] payload = new byte[datagram.length - HEADER_BYTES];
        packet.position(HEADER_BYTES).get(payload);
        return new RtpPacket(
                datagram[1] & 0x7f,
                datagram[1] < 0,
                packet.getShort(2) & 0xffff,
                packet.getInt(4) & 0xffff_ffffL,
                packet.getInt(8) & 0xffff_ffffL,
                payload);
    }
}
