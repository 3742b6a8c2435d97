package voiptui.relay.control.limit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import voiptui.net.IpText;

/**
 * The open control connections that nobody has signed in on. Over the limit, the oldest of the network that holds most is
 * closed, so that a new call gets through however many idle connections somebody holds open: first among those that have sent
 * no complete message, then among those whose handshake waits or is in progress. Owned by the control thread.
 */
public final class PendingConnections {

    /** Stands for the address of a connection that was reset before it could be asked for. */
    private static final InetAddress UNKNOWN = IpText.parse("0.0.0.0").orElseThrow();

    private final int maxConnections;
    /** One for all connections; taken from those that somebody has signed in on. */
    private final ChannelFutureListener onClosed = closed -> release(closed.channel());

    private final Map<Channel, Runnable> open = new HashMap<>();
    private final NetworkTally<Channel> silent = new NetworkTally<>();
    /** Those that have sent a whole ClientHello. */
    private final NetworkTally<Channel> engaged = new NetworkTally<>();

    /** Creates an empty set that holds at most {@code maxConnections}. */
    public PendingConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /**
     * Adds a connection, and closes another if there are too many. A connection that is present already keeps its place.
     *
     * @param expire called before the connection is closed for lack of room, so that it can answer
     */
    public void add(Channel channel, Runnable expire) {
        if (open.put(channel, expire) == null) {
            silent.add(channel, addressOf(channel));
            channel.closeFuture().addListener(onClosed);
        }
        if (open.size() > maxConnections) {
            expire(1);
        }
    }

    private static InetAddress addressOf(Channel channel) {
        InetSocketAddress peer = PeerAddress.of(channel);
        return peer != null && peer.getAddress() != null ? peer.getAddress() : UNKNOWN;
    }

    /** Notes that a whole ClientHello has come: others are closed before this one. */
    public void engage(Channel channel) {
        if (open.containsKey(channel)) {
            silent.remove(channel);
            engaged.add(channel, addressOf(channel));
        }
    }

    /**
     * Returns how crowded the networks of {@code address} are: the number of its connections, or half the number of all in
     * its IPv4 /24 or IPv6 /56, or a quarter of all in its IPv6 /48, whichever is most.
     */
    public int crowd(InetAddress address) {
        return silent.crowd(address) + engaged.crowd(address);
    }

    /** Removes a connection because somebody has signed in on it. */
    public void release(Channel channel) {
        if (open.remove(channel) != null) {
            channel.closeFuture().removeListener(onClosed);
        }
        silent.remove(channel);
        engaged.remove(channel);
    }

    /** Closes {@code count} connections, each the oldest of the network that holds most at that moment. */
    void expire(int count) {
        for (int closed = 0; closed < count; closed++) {
            Optional<Channel> victim = silent.oldestOfGreatest().or(engaged::oldestOfGreatest);
            if (victim.isEmpty()) {
                return;
            }
            Runnable expire = open.get(victim.get());
            release(victim.get());
            if (expire != null) {
                expire.run();
            }
            victim.get().close();
        }
    }

    /** Returns the number of connections. */
    int size() {
        return open.size();
    }
}
