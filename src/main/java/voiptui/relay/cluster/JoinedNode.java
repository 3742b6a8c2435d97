package voiptui.relay.cluster;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ClusterJson;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.cluster.node.ClusterNode;

/**
 * This relay's node, once it has joined the cluster; until then, what is sent or shared is lost. Set by the control thread; any thread may
 * read it.
 */
final class JoinedNode {

    private volatile @Nullable ClusterNode node;

    /** Notes that the relay has joined. */
    void set(ClusterNode joined) {
        node = joined;
    }

    /** Returns the node; null: not joined yet. */
    @Nullable
    ClusterNode get() {
        return node;
    }

    /** Returns whether the relay has joined. */
    boolean isJoined() {
        return node != null;
    }

    /** Sends a message to another node; see {@link ClusterNode#send}. */
    void send(String to, ClusterMessage message) {
        ClusterNode current = node;
        if (current != null) {
            current.send(to, ClusterJson.write(message));
        }
    }

    /** Sets an entry of this relay's own; see {@link ClusterNode#put}. */
    void put(String key, String value) {
        ClusterNode current = node;
        if (current != null) {
            current.put(key, value);
        }
    }

    /** Sets an entry that others may set too; see {@link ClusterNode#putFirst}. */
    void putFirst(String key, String value) {
        ClusterNode current = node;
        if (current != null) {
            current.putFirst(key, value);
        }
    }

    /** Removes entries; see {@link ClusterNode#remove}. */
    void remove(Collection<String> keys) {
        ClusterNode current = node;
        if (current != null) {
            current.remove(keys);
        }
    }
}
