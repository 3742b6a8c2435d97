package voiptui.relay.control;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open control connections that nobody has signed in on, oldest first, and how many there may be: over that the oldest
 * must go, so that however many idle ones somebody holds open, a new call gets through. Owned by the control thread.
 */
public final class PendingConnections {

    private final int maxConnections;
    private final Map<Channel, Runnable> open = new LinkedHashMap<>();

    public PendingConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /**
     * Enters a connection; the oldest one goes if it is one too many. One that is there already keeps its place.
     *
     * @param expire lets it say that its time is over, before it is closed
     */
    void add(Channel channel, Runnable expire) {
        if (open.put(channel, expire) == null) {
            channel.closeFuture().addListener(closed -> open.remove(channel));
        }
        if (open.size() > maxConnections) {
            expireOldest(1);
        }
    }

    /** Strikes out a connection that somebody has signed in on. */
    void release(Channel channel) {
        open.remove(channel);
    }

    /** Ends the oldest connections. */
    void expireOldest(int count) {
        for (int ended = 0; ended < count && !open.isEmpty(); ended++) {
            Iterator<Map.Entry<Channel, Runnable>> oldest = open.entrySet().iterator();
            Map.Entry<Channel, Runnable> entry = oldest.next();
            oldest.remove();
            entry.getValue().run();
            entry.getKey().close();
        }
    }

    /** How many there are. */
    int size() {
        return open.size();
    }
}
