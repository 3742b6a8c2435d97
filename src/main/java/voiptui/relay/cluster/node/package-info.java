/**
 * What the relay knows of the library that connects it with the other relays of its cluster: the interface {@link
 * voiptui.relay.cluster.node.ClusterNode}, and how its implementation is loaded, so that a relay without a cluster has no trace of it.
 * Imports {@code identity}.
 */
@NullMarked
package voiptui.relay.cluster.node;

import org.jspecify.annotations.NullMarked;
