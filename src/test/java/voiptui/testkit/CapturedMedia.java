package voiptui.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The media datagrams of one side of an encrypted call, as a relay sees them, and what they tell. Shares no code with the product. Any
 * thread.
 */
public final class CapturedMedia {

    /** Payload types of Opus: alone, with copies, sent again, and both (protocol.md, section 5). */
    private static final List<Integer> PAYLOAD_TYPES = List.of(111, 112, 113, 114);

    private static final int RECORD_HEADER_BYTES = 13;
    private static final int TAG_BYTES = 16;
    private static final int SRTCP_CLEAR_BYTES = 8;
    private static final int SRTCP_MIN_BYTES = SRTCP_CLEAR_BYTES + TAG_BYTES + 4;

    private final List<byte[]> datagrams = new CopyOnWriteArrayList<>();

    /** Adds one. */
    public void add(byte[] datagram) {
        datagrams.add(datagram.clone());
    }

    /** Returns all. */
    public List<byte[]> datagrams() {
        return List.copyOf(datagrams);
    }

    /** Returns the SRTP packets with a payload, without SRTCP. */
    public List<byte[]> srtp() {
        return datagrams.stream().filter(RtpPacket::isRtp).toList();
    }

    /** Returns what of a datagram is neither a DTLS record, nor SRTP of Opus, nor SRTCP; empty if all of it is. */
    public List<String> strangers() {
        List<String> strangers = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            if (!isDtls(datagram) && !isSrtp(datagram) && !isSrtcp(datagram)) {
                strangers.add(Arrays.toString(datagram));
            }
        }
        return strangers;
    }

    /** Whether a datagram consists of whole DTLS records (RFC 6347, 4.1): handshake, cipher change, alert or data. */
    public static boolean isDtls(byte[] datagram) {
        int at = 0;
        while (at + RECORD_HEADER_BYTES <= datagram.length) {
            boolean known = datagram[at] >= 20
                    && datagram[at] <= 23
                    && datagram[at + 1] == (byte) 0xfe
                    && (datagram[at + 2] == (byte) 0xfd || datagram[at + 2] == (byte) 0xff);
            if (!known) {
                return false;
            }
            at += RECORD_HEADER_BYTES + (ByteBuffer.wrap(datagram).getShort(at + 11) & 0xffff);
        }
        return at > 0 && at == datagram.length;
    }

    private static boolean isSrtp(byte[] datagram) {
        return RtpPacket.isRtp(datagram)
                && datagram[0] == (byte) 0x80
                && PAYLOAD_TYPES.contains(datagram[1] & 0x7f)
                && datagram.length > 12 + TAG_BYTES;
    }

    /** With the E flag: encrypted (RFC 3711, 3.4). */
    private static boolean isSrtcp(byte[] datagram) {
        return RtpPacket.isRtcp(datagram) && datagram.length >= SRTCP_MIN_BYTES && datagram[datagram.length - 4] < 0;
    }

    /** Returns the bytes behind the header of a packet. */
    public static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, 12, packet.length);
    }

    /**
     * Returns chi-square of the bytes in these payloads against equal shares. Random bytes have 255 on average, with a standard deviation
     * of 23.
     */
    public static double chiSquare(List<byte[]> payloads) {
        long[] counts = new long[256];
        long total = 0;
        for (byte[] payload : payloads) {
            for (byte octet : payload) {
                counts[octet & 0xff]++;
                total++;
            }
        }
        double expected = total / 256.0;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /** Returns how many different values the first byte of these payloads has; in Opus, it says the same in nearly all. */
    public static long firstBytes(List<byte[]> payloads) {
        return payloads.stream().map(payload -> payload[0]).distinct().count();
    }
}
