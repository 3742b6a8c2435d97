package voiptui.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Random;

/**
 * One client's way to a relay by UDP, which loses datagrams of either direction at random: the two legs between them. The same
 * seed gives the same sequence of chances.
 */
public final class LossyLegs implements AutoCloseable {

    private static final int MAX_BYTES = 2_200;

    private final DatagramSocket client;
    private final DatagramSocket relay;
    private volatile double toRelay;
    private volatile double fromRelay;
    private volatile SocketAddress clientAddress = new InetSocketAddress(0);

    /** Opens a way to {@code media}. */
    public LossyLegs(InetSocketAddress media, long seed) throws IOException {
        client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        relay = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        relay.connect(media);
        start("legs-to-relay", () -> {
            Random random = new Random(seed);
            DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
            while (true) {
                packet.setLength(MAX_BYTES);
                client.receive(packet);
                clientAddress = packet.getSocketAddress();
                if (random.nextDouble() >= toRelay) {
                    packet.setSocketAddress(media);
                    relay.send(packet);
                }
            }
        });
        start("legs-from-relay", () -> {
            Random random = new Random(~seed);
            DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
            while (true) {
                packet.setLength(MAX_BYTES);
                relay.receive(packet);
                if (random.nextDouble() >= fromRelay) {
                    packet.setSocketAddress(clientAddress);
                    client.send(packet);
                }
            }
        });
    }

    private interface Forwarding {
        void run() throws IOException;
    }

    private static void start(String name, Forwarding forwarding) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forwarding.run();
                    } catch (IOException closed) {
                        // The way is closed.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the UDP port that the client sends to instead of the relay's. */
    public int port() {
        return client.getLocalPort();
    }

    /** Loses datagrams with these chances, from 0 to 1, from now on. */
    public void lose(double newToRelay, double newFromRelay) {
        toRelay = newToRelay;
        fromRelay = newFromRelay;
    }

    @Override
    public void close() {
        client.close();
        relay.close();
    }
}
