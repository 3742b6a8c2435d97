/**
 * The cluster that a relay is in ({@code protocol.md}, section 7): who the other relays are, what all share, and the messages between
 * them. {@link voiptui.relay.cluster.Cluster} joins it. Calls see it as {@link voiptui.relay.cluster.ClusterMembers}, presence as {@link
 * voiptui.relay.cluster.ClusterPresence}, the directory as {@link voiptui.relay.cluster.ClusterDirectory}. Imports {@code relay.cluster.node}, {@code
 * relay.registrar}, {@code relay.call}, {@code relay.directory}, {@code relay.media}, {@code relay.media.hop}, {@code relay.presence}, {@code identity}, {@code protocol}, {@code net},
 * {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.cluster;

import org.jspecify.annotations.NullMarked;
