package voiptui.relay.cluster.node;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * This relay as a node of a cluster: who else is there, messages to them, and entries that all share. Nothing blocks but {@link #close}.
 * Any thread.
 *
 * <p>When the nodes lose each other, each part goes on with the entries that it has. When they find each other again, of two values
 * for a key the {@linkplain SharedValue#first first} one is kept.
 */
public interface ClusterNode extends AutoCloseable {

    /** The longest message, in bytes. */
    int MAX_MESSAGE_BYTES = 16_384;

    /** Told by threads of the node, which must not be kept waiting. */
    interface Listener {

        /**
         * Others have come or gone.
         *
         * @param others the other nodes that can be reached; their names mean nothing and are never used again
         */
        void onView(List<String> others);

        /** A message of another node. */
        void onMessage(String from, byte[] message);

        /** A shared entry has changed, here or elsewhere; null: it was removed. */
        void onEntry(String key, @Nullable String value);
    }

    /** Starts nodes. Has a public constructor without parameters. */
    interface Factory {

        /**
         * Joins the cluster, or begins one if no other node answers; takes some seconds.
         *
         * @param tls authenticates both sides of each connection
         * @throws IOException if the address cannot be listened on; the message is for the operator
         */
        ClusterNode start(ClusterAddresses addresses, SSLContext tls, Listener listener) throws IOException;
    }

    /** Sends a message; it is lost if the node is not there. */
    void send(String node, byte[] message);

    /** Sets an entry that only this relay sets. */
    void put(String key, String value);

    /** Sets an entry that several relays may set: of two values, the {@linkplain SharedValue#first first} one stays. */
    void putFirst(String key, String value);

    /** Removes entries. */
    void remove(Collection<String> keys);

    /** Returns all entries; a copy. */
    Map<String, String> entries();

    /** Leaves the cluster. */
    @Override
    void close();
}
