/**
 * {@link voiptui.relay.cluster.node.ClusterNode} on Infinispan and JGroups. Nothing else uses these libraries. It is loaded by
 * {@link voiptui.relay.cluster.node.ClusterLibrary} if the relay is in a cluster. Imports {@code relay.cluster.node} and {@code identity}.
 */
@NullMarked
package voiptui.relay.cluster.infinispan;

import org.jspecify.annotations.NullMarked;
