package voiptui.relay.cluster;

import java.util.Set;
import voiptui.identity.Fingerprint;
import voiptui.relay.cluster.node.ClusterAddresses;

/**
 * The settings of a relay in a cluster. Immutable.
 *
 * @param addresses where the relays listen for each other; media between them uses the same addresses
 * @param allowed the certificates of the relays that may be members, apart from this one
 */
public record ClusterConfig(ClusterAddresses addresses, Set<Fingerprint> allowed) {

    /** Copies the set. */
    public ClusterConfig {
        allowed = Set.copyOf(allowed);
    }
}
