package voiptui.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes UDP datagrams between two made-up hosts, 10.0.0.1 and 10.0.0.2, to a pcap file (draft-ietf-opsawg-pcap). One thread. */
public final class PcapWriter implements AutoCloseable {

    /** The port of both hosts. */
    public static final int PORT = 5_004;

    private static final int RAW_IP = 101;
    private static final int IP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int HOSTS = 0x0a00_0000;

    private final OutputStream out;

    /** Begins a file. */
    public PcapWriter(Path file) throws IOException {
        out = Files.newOutputStream(file);
        out.write(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2_c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(RAW_IP)
                .array());
    }

    /**
     * Writes a datagram.
     *
     * @param fromFirst whether the first host sent it
     * @param atUs when, in microseconds
     */
    public void write(boolean fromFirst, long atUs, byte[] datagram) throws IOException {
        int udpBytes = UDP_HEADER_BYTES + datagram.length;
        int bytes = IP_HEADER_BYTES + udpBytes;
        out.write(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (atUs / 1_000_000))
                .putInt((int) (atUs % 1_000_000))
                .putInt(bytes)
                .putInt(bytes)
                .array());
        ByteBuffer packet = ByteBuffer.allocate(bytes);
        packet.putInt(0x4500_0000 | bytes).putInt(0).putInt(0x4011_0000);
        packet.putInt(HOSTS | (fromFirst ? 1 : 2)).putInt(HOSTS | (fromFirst ? 2 : 1));
        packet.putShort(10, checksum(packet));
        packet.putShort((short) PORT)
                .putShort((short) PORT)
                .putShort((short) udpBytes)
                .putShort((short) 0);
        out.write(packet.put(datagram).array());
    }

    /** Returns the checksum of the IP header (RFC 791, 3.1). */
    private static short checksum(ByteBuffer packet) {
        int sum = 0;
        for (int at = 0; at < IP_HEADER_BYTES; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
