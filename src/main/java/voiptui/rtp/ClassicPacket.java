package voiptui.rtp;

import java.nio.ByteBuffer;

/**
 * The classic media packet: a sequence number of 4 bytes, big-endian, and 1,764 bytes of samples.
 *
 * <p>The payload is 20 ms of audio: 882 samples, mono, 44,100 Hz, signed 16-bit little-endian. End of transmission is
 * sequence number {@value #EOT_SEQUENCE} with a payload of zeros. All methods are stateless, allocate nothing, and take
 * buffers whose content lies between position and limit; they use absolute access and move neither.
 */
public final class ClassicPacket {

    /** Length of the sequence number in front of the payload. */
    public static final int HEADER_BYTES = 4;
    /** Length of the payload: 20 ms of 16-bit samples. */
    public static final int PAYLOAD_BYTES = 1764;
    /** Length of a whole packet. */
    public static final int PACKET_BYTES = HEADER_BYTES + PAYLOAD_BYTES;
    /** The sequence number for end of transmission; no ordinary packet carries it. */
    public static final int EOT_SEQUENCE = 99_999_999;
    /** The receive buffer of the existing relay; longer datagrams are not media. */
    public static final int MAX_DATAGRAM_BYTES = 2200;

    private ClassicPacket() {}

    /** Returns the sequence number of a datagram of at least {@link #HEADER_BYTES} bytes. */
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

    /** Returns whether {@code datagram} has the length of a media packet. */
    public static boolean isMedia(ByteBuffer datagram) {
        return datagram.remaining() == PACKET_BYTES;
    }

    /** Returns whether {@code datagram} is an end-of-transmission packet. */
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

    /** Returns the next sequence number for an ordinary packet: skips {@link #EOT_SEQUENCE}. */
    public static int nextSequence(int sequence) {
        int next = sequence + 1;
        return next == EOT_SEQUENCE ? next + 1 : next;
    }
}
