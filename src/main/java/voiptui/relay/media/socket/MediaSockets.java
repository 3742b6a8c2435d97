package voiptui.relay.media.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.net.UdpChannels;

/**
 * Opens the relay's UDP sockets, all on one port: one for the address to listen on; if that is all addresses, one for each
 * address of the machine that clients use; and one per client, connected to that client.
 *
 * <p>What is sent through a socket for all addresses leaves from whichever address the system's routes suggest, and a client
 * behind a NAT or with a connected socket does not receive what comes from another address than it spoke to.
 *
 * <p>A connected socket saves the look-up of the sender, allocates nothing on reading ({@code receive} allocates an address
 * per packet if senders alternate), and reports ICMP refusals.
 *
 * <p>{@link #openShared} belongs to the thread that starts the relay, the other methods to the control thread; the
 * sockets themselves then go to the media thread.
 */
public final class MediaSockets {

    /** The most addresses of the machine with a socket of their own. */
    static final int MAX_ADDRESSES = 64;

    /** The kernel from which on connected sockets are found by a hash of both addresses. */
    private static final int[] HASHED_SINCE = {6, 13};
    /** The most connected sockets where the kernel searches a list of them for each packet. */
    static final int MAX_LISTED = 256;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    /**
     * Room for half a second of classic packets, or less than two seconds of Opus, since the kernel counts its overhead. A
     * larger buffer would only deliver audio too late to play: two seconds late on a busy processor (measured with 256 kB).
     */
    private static final int CLIENT_BUFFER_BYTES = 32 * 1024;
    /**
     * The most datagrams that fit into a client's buffer: the kernel doubles its size, and counts at least 768 bytes for
     * each.
     */
    public static final int MAX_WAITING = 128;
    /** Room for the packets of all clients without a socket of their own. */
    private static final int SHARED_BUFFER_BYTES = 1024 * 1024;

    private final DatagramChannel main;
    private final InetSocketAddress address;
    private final boolean hasOtherAddresses;
    /** The addresses to listen on besides the first. */
    private final List<InetAddress> others;

    /** Opens other sockets in place of these. */
    public interface Opener {

        /**
         * Opens a socket, which must set SO_REUSEADDR.
         *
         * @throws IOException if the system refuses
         */
        void open(InetSocketAddress address) throws IOException;
    }

    private MediaSockets(DatagramChannel main, boolean hasOtherAddresses, List<InetAddress> others) throws IOException {
        this.main = main;
        this.address = (InetSocketAddress) main.getLocalAddress();
        this.hasOtherAddresses = hasOtherAddresses;
        this.others = List.copyOf(others);
    }

    /**
     * Opens the main socket, for the first of several addresses; {@code MediaLoop.onLocalAddresses} opens the others.
     *
     * @param addresses the addresses to listen on; none: all
     * @param port the port; 0: any free one
     * @throws IOException if the port is taken or an address is not this machine's
     */
    public static MediaSockets openShared(List<InetAddress> addresses, int port) throws IOException {
        if (addresses.size() < 2) {
            return openShared(addresses.isEmpty() ? null : addresses.get(0), port);
        }
        MediaSockets first = openShared(addresses.get(0), port);
        try {
            MediaSockets several = new MediaSockets(first.main, true, addresses.subList(1, addresses.size()));
            for (InetAddress other : addresses.subList(1, addresses.size())) {
                // Only to learn now whether it can be had.
                several.openAt(other).close();
            }
            return several;
        } catch (IOException | RuntimeException failed) {
            first.main.close();
            throw failed;
        }
    }

    /**
     * Opens the main socket.
     *
     * @param bind the address to listen on; null: all addresses
     * @param port the port; 0: any free one
     * @throws IOException if the port is taken or the address is not this machine's
     */
    public static MediaSockets openShared(@Nullable InetAddress bind, int port) throws IOException {
        DatagramChannel channel = UdpChannels.open(bind);
        try {
            configure(channel, SHARED_BUFFER_BYTES);
            // No SO_REUSEADDR here, so that a port in use is an error.
            channel.bind(bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port));
            boolean listensOnAll = bind == null || bind.isAnyLocalAddress();
            return new MediaSockets(channel, listensOnAll && isSupported(System.getProperty("os.name", "")), List.of());
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Returns how many connected sockets this system finds quickly: any number on Linux 6.13 and newer, a few hundred on
     * older kernels, which search them one by one, none elsewhere, where several sockets on one port are untested.
     */
    public static int maxConnected() {
        return maxConnected(System.getProperty("os.name", ""), System.getProperty("os.version", ""));
    }

    static int maxConnected(String system, String version) {
        if (!isSupported(system)) {
            return 0;
        }
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return MAX_LISTED;
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        boolean isHashed = major > HASHED_SINCE[0] || major == HASHED_SINCE[0] && minor >= HASHED_SINCE[1];
        return isHashed ? Integer.MAX_VALUE : MAX_LISTED;
    }

    private static boolean isSupported(String system) {
        return system.equals("Linux");
    }

    /** Returns whether this relay listens on several addresses and can have a socket for each. */
    public boolean hasSocketPerAddress() {
        return hasOtherAddresses;
    }

    /** Returns the unconnected socket for all packets that no other socket receives. */
    public DatagramChannel shared() {
        return main;
    }

    /**
     * Has a socket opened at each address to listen on while the main one still keeps the port; that must be closed then.
     *
     * @throws IOException if the system refuses one
     */
    public void handOver(Opener opener) throws IOException {
        main.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            opener.open(address);
            for (InetAddress other : others) {
                opener.open(new InetSocketAddress(other, address.getPort()));
            }
        } finally {
            main.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    /** Returns the address of the main socket. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Opens an unconnected socket for one address of this machine.
     *
     * @throws IOException if the address is not this machine's, no file descriptor is left or the system refuses
     */
    DatagramChannel openAt(InetAddress local) throws IOException {
        return open(local, SHARED_BUFFER_BYTES, null);
    }

    /**
     * Opens a socket for one client.
     *
     * <p>Between bind and connect it may receive packets from any sender. The JDK discards them on connecting, but does not
     * promise to; so the first reader empties it with {@code receive}, which returns the actual sender.
     *
     * @param local the relay address that the client uses
     * @param source the address that its packets come from
     * @throws IOException if no file descriptor is left or the system refuses
     */
    public DatagramChannel openFor(InetAddress local, InetSocketAddress source) throws IOException {
        return open(local, CLIENT_BUFFER_BYTES, source);
    }

    private DatagramChannel open(InetAddress local, int bufferBytes, @Nullable InetSocketAddress source)
            throws IOException {
        DatagramChannel channel = UdpChannels.open(local);
        try {
            configure(channel, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            // Only briefly, so that no other program can share the port.
            main.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                channel.bind(new InetSocketAddress(local, address.getPort()));
            } finally {
                main.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            }
            if (source != null) {
                channel.connect(source);
            }
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void configure(DatagramChannel channel, int bufferBytes) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
    }
}
