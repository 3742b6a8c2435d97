package voiptui.relay;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open control connections, oldest first, and how many there may be: over that the oldest must go, so that however
 * many idle ones somebody holds open, a new call gets through. Owned by the control thread.
 */
final class ConnectionCap {

    private final int maxConnections;
    private final Map<Channel, ControlConnection> open = new LinkedHashMap<>();

    ConnectionCap(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /** Enters a new connection; the oldest one goes if it is one too many. */
    void add(Channel channel, ControlConnection connection) {
        open.put(channel, connection);
        channel.closeFuture().addListener(closed -> open.remove(channel));
        if (open.size() > maxConnections) {
            expireOldest(1);
        }
    }

    /** Ends the oldest connections. */
    void expireOldest(int count) {
        for (int ended = 0; ended < count && !open.isEmpty(); ended++) {
            Iterator<Map.Entry<Channel, ControlConnection>> oldest = open.entrySet().iterator();
            Map.Entry<Channel, ControlConnection> entry = oldest.next();
            oldest.remove();
            entry.getValue().expire();
            entry.getKey().close();
        }
    }

    /** How many are open. */
    int size() {
        return open.size();
    }
}
