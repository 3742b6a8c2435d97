package voiptui.relay.control;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open control connections that nobody has signed in on, oldest first. Over the limit the oldest is closed, so that
 * a new call gets through however many idle connections somebody holds open. Owned by the control thread.
 */
public final class PendingConnections {

    private final int maxConnections;
    private final Map<Channel, Runnable> open = new LinkedHashMap<>();

    /** Creates an empty set that holds at most {@code maxConnections}. */
    public PendingConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /**
     * Adds a connection, and closes the oldest if there are too many. A connection that is present already keeps its
     * place.
     *
     * @param expire called before the connection is closed for lack of room, so that it can answer
     */
    void add(Channel channel, Runnable expire) {
        if (open.put(channel, expire) == null) {
            channel.closeFuture().addListener(closed -> open.remove(channel));
        }
        if (open.size() > maxConnections) {
            expireOldest(1);
        }
    }

    /** Removes a connection because somebody has signed in on it. */
    void release(Channel channel) {
        open.remove(channel);
    }

    /** Closes the {@code count} oldest connections. */
    void expireOldest(int count) {
        for (int closed = 0; closed < count && !open.isEmpty(); closed++) {
            Iterator<Map.Entry<Channel, Runnable>> oldest = open.entrySet().iterator();
            Map.Entry<Channel, Runnable> entry = oldest.next();
            oldest.remove();
            entry.getValue().run();
            entry.getKey().close();
        }
    }

    /** Returns the number of connections. */
    int size() {
        return open.size();
    }
}
