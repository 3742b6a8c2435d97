package voiptui.relay.cluster.node;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the relays of a cluster listen for each other. Immutable.
 *
 * @param listen this relay
 * @param others where to look for the others; may name this one, too
 */
public record ClusterAddresses(InetSocketAddress listen, List<InetSocketAddress> others) {

    /** The port that relays use for each other if none is named. */
    public static final int DEFAULT_PORT = 8890;

    /** Copies the list. */
    public ClusterAddresses {
        others = List.copyOf(others);
    }
}
