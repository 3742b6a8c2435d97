package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay that supports only the classic protocol, with one client per address. It shares no code with the
 * product and answers unknown requests with INVALID.
 */
public final class ClassicOnlyRelay implements AutoCloseable {

    private record Client(int udpPort, InetAddress target) {}

    private final ServerSocket control;
    private final DatagramSocket media;
    private final Map<InetAddress, Client> clients = new ConcurrentHashMap<>();

    private ClassicOnlyRelay(InetSocketAddress controlAddress) throws IOException {
        control = new ServerSocket();
        control.setReuseAddress(true);
        control.bind(controlAddress);
        media = new DatagramSocket(new InetSocketAddress(controlAddress.getAddress(), 0));
        daemon(this::takeConnections, "test-old-relay-control");
        daemon(this::forward, "test-old-relay-media");
    }

    /** Starts one on 127.0.0.1, any free ports. */
    public static ClassicOnlyRelay start() throws IOException {
        return startOn(0);
    }

    /** Starts one on 127.0.0.1 with that TCP port. */
    public static ClassicOnlyRelay startOn(int tcpPort) throws IOException {
        return new ClassicOnlyRelay(new InetSocketAddress("127.0.0.1", tcpPort));
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** As {@code --server} takes it. */
    public String server() {
        return "127.0.0.1:" + control.getLocalPort();
    }

    /** Its UDP port. */
    public int udpPort() {
        return media.getLocalPort();
    }

    private void takeConnections() {
        while (!control.isClosed()) {
            try (Socket client = control.accept()) {
                client.setSoTimeout(2000);
                byte[] message = new byte[1024];
                int length = client.getInputStream().read(message);
                String reply = length < 0 ? "INVALID" : answer(Arrays.copyOf(message, length), client.getInetAddress());
                client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException gone) {
                // the next one, unless this is closed
            }
        }
    }

    private String answer(byte[] message, InetAddress from) throws IOException {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HELLO") && message.length > 9) {
            clients.put(from, new Client(ByteBuffer.wrap(message).getInt(5), InetAddress.getByName(text.substring(9))));
            return "WELCOME";
        } else if (text.equals("HEARTBEAT")) {
            return "ALIVE";
        } else if (text.equals("DISCONNECT")) {
            // The client stays known: its end-of-transmission may still wait in the media socket.
            return "BYE";
        }
        return "INVALID";
    }

    private void forward() {
        byte[] buffer = new byte[2200];
        while (!media.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                media.receive(packet);
                Client from = clients.get(packet.getAddress());
                Client to = from == null ? null : clients.get(from.target());
                if (to != null) {
                    media.send(new DatagramPacket(buffer, packet.getLength(), from.target(), to.udpPort()));
                }
            } catch (IOException gone) {
                // an ICMP refusal, or this is closed
            }
        }
    }

    @Override
    public void close() {
        try {
            control.close();
            media.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
