package voiptui.rtp;

import java.nio.ByteBuffer;

/**
 * The classic media packet: 4 bytes sequence number, big-endian, and 1,764 bytes of samples.
 *
 * <p>The payload is 20 ms of sound: 882 samples, mono, 44,100 Hz, signed 16-bit little-endian. End of transmission is
 * sequence number {@value #EOT_SEQUENCE} with a payload of zeros. All methods are stateless, allocate nothing, and take
 * buffers whose content lies between position and limit; they use absolute access and move neither.
 */
public final class ClassicPacket {

    /** Length of the sequence number in front of the payload. */
    public static final int HEADER_BYTES = 4;
    /** Length of the payload: 20 ms of samples of two bytes. */
    public static final int PAYLOAD_BYTES = 1764;
    /** Length of a whole packet. */
    public static final int PACKET_BYTES = HEADER_BYTES + PAYLOAD_BYTES;
    /** The sequence number that means "I am done"; no ordinary packet carries it. */
    public static final int EOT_SEQUENCE = 99_999_999;
    /** The receive buffer of the existing relay; a longer datagram is no media packet. */
    public static final int MAX_DATAGRAM_BYTES = 2200;

    private ClassicPacket() {}

    /** The sequence number of a datagram of at least {@link #HEADER_BYTES} bytes. */
    public static int sequence(ByteBuffer datagram) {
        return ((datagram.get(datagram.position()) & 0xff) << 24)
                | ((datagram.get(datagram.position() + 1) & 0xff) << 16)
                | ((datagram.get(datagram.position() + 2) & 0xff) << 8)
                | (datagram.get(datagram.position() + 3) & 0xff);
    }

    /** Writes {@code sequence} into the first four bytes of {@code datagram}. */
    public static void putSequence(ByteBuffer datagram, int sequence) {
        int at = datagram.position();
        datagram.put(at, (byte) (sequence >>> 24));
        datagram.put(at + 1, (byte) (sequence >>> 16));
        datagram.put(at + 2, (byte) (sequence >>> 8));
        datagram.put(at + 3, (byte) sequence);
    }

    /** Whether {@code datagram} has the one length that a media packet may have. */
    public static boolean isMedia(ByteBuffer datagram) {
        return datagram.remaining() == PACKET_BYTES;
    }

    /** Whether {@code datagram} is a whole packet that says end of transmission. */
    public static boolean isEndOfTransmission(ByteBuffer datagram) {
        return isMedia(datagram) && sequence(datagram) == EOT_SEQUENCE && isZero(datagram);
    }

    private static boolean isZero(ByteBuffer datagram) {
        for (int at = datagram.position() + HEADER_BYTES; at < datagram.limit(); at++) {
            if (datagram.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sequence number after {@code sequence} that an ordinary packet may carry. */
    public static int nextSequence(int sequence) {
        int next = sequence + 1;
        return next == EOT_SEQUENCE ? next + 1 : next;
    }
}
