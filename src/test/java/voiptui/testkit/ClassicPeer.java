package voiptui.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A classic client built from raw bytes. It shares no code with the product, so a bug cannot hide in both.
 *
 * <p>One thread at a time.
 */
public final class ClassicPeer implements AutoCloseable {

    /** A whole media packet: 4 bytes sequence number, 882 samples of 2 bytes. */
    public static final int PACKET_BYTES = 1768;

    private static final int TCP_TIMEOUT_MS = 10_000;

    private final InetAddress ip;
    private final InetSocketAddress control;
    private final UdpSocketClient udp;

    /** A client at {@code ip} (with a UDP socket on a free port of it) of the relay at the two addresses. */
    public ClassicPeer(String ip, InetSocketAddress control, InetSocketAddress media) {
        try {
            this.ip = InetAddress.getByName(ip);
        } catch (UnknownHostException failed) {
            throw new UncheckedIOException(failed);
        }
        this.control = control;
        this.udp = new UdpSocketClient(this.ip, media);
    }

    /** From now on receives only what comes from the address that it sends to, as behind a NAT. Returns this client. */
    public ClassicPeer behindNat() {
        udp.receiveFromRelayOnly();
        return this;
    }

    /** The UDP port that it sends from. */
    public int port() {
        return udp.address().getPort();
    }

    /** {@code 127.0.0.2:40000}, as the relay names it in its events. */
    public String name() {
        return ip.getHostAddress() + ":" + port();
    }

    /** Registers, and returns the relay's answer. */
    public String hello(String target) {
        return hello(port(), target);
    }

    /** Registers with a port that is not the one it sends from, as a NAT makes it look. */
    public String hello(int announcedPort, String target) {
        return ask(helloBytes(announcedPort, target));
    }

    /** The bytes of a HELLO, written out by hand. */
    public static byte[] helloBytes(int port, String target) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'H', 'E', 'L', 'L', 'O'});
        bytes.writeBytes(new byte[] {(byte) (port >>> 24), (byte) (port >>> 16), (byte) (port >>> 8), (byte) port});
        bytes.writeBytes(target.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** Says that it is still there. */
    public String heartbeat() {
        return ask("HEARTBEAT".getBytes(StandardCharsets.US_ASCII));
    }

    /** Says that it leaves. */
    public String disconnect() {
        return ask("DISCONNECT".getBytes(StandardCharsets.US_ASCII));
    }

    /** Says {@code message} on a connection of its own, and returns everything that comes until the relay closes. */
    public String ask(byte[] message) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(message);
            return readAll(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A control connection on which nothing has been said yet. */
    public Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(ip, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TCP_TIMEOUT_MS);
        socket.connect(control, TCP_TIMEOUT_MS);
        return socket;
    }

    /** Everything that comes until the relay closes, as text. */
    public static String readAll(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException silent) {
            throw new IOException("the relay did not close the connection", silent);
        }
    }

    /** A packet with {@code sequence} and a payload of {@code payloadBytes} bytes that depend on it. */
    public static byte[] packet(int sequence, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(4 + payloadBytes);
        packet.put((byte) (sequence >>> 24))
                .put((byte) (sequence >>> 16))
                .put((byte) (sequence >>> 8))
                .put((byte) sequence);
        for (int at = 0; at < payloadBytes; at++) {
            packet.put((byte) (sequence * 31 + at * 7 + 1));
        }
        return packet.array();
    }

    /** A whole media packet. */
    public static byte[] packet(int sequence) {
        return packet(sequence, PACKET_BYTES - 4);
    }

    /** The packet that says end of transmission: sequence number 99,999,999 (05 F5 E0 FF) and zeros. */
    public static byte[] endOfTransmission() {
        byte[] packet = new byte[PACKET_BYTES];
        packet[0] = 0x05;
        packet[1] = (byte) 0xf5;
        packet[2] = (byte) 0xe0;
        packet[3] = (byte) 0xff;
        return packet;
    }

    /** Sends one datagram to the relay. */
    public void send(byte[] datagram) {
        udp.send(datagram);
    }

    /** The next datagram, waiting for it at most {@code timeoutMs}; 0 looks only. */
    public Optional<byte[]> receive(long timeoutMs) {
        return udp.receive(timeoutMs).map(UdpSocketClient.Received::bytes);
    }

    /** Where the next datagram comes from, waiting for it at most {@code timeoutMs}. */
    public Optional<InetSocketAddress> receiveFrom(long timeoutMs) {
        return udp.receive(timeoutMs).map(UdpSocketClient.Received::sender);
    }

    /** Closes the UDP socket without notifying the relay: its host then refuses datagrams sent there. */
    @Override
    public void close() {
        udp.close();
    }
}
