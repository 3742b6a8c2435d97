package voiptui.relay.cluster.infinispan;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FORK;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.DefaultSocketFactory;
import voiptui.identity.Identity;
import voiptui.relay.cluster.node.ClusterAddresses;
import voiptui.relay.cluster.node.ClusterNode;

/** Starts nodes on Infinispan and JGroups: a replicated cache for what is shared, and a channel beside it for messages. */
public final class InfinispanFactory implements ClusterNode.Factory {

    private static final String CLUSTER = "voiptui";
    private static final String DIRECTORY = "directory";
    private static final String MESSAGES = "messages";
    /** A silent node is taken to be gone after this time, in milliseconds. A node whose process has ended is noticed at once. */
    private static final int SILENCE_MS = 4_000;

    private static final int HEARTBEAT_MS = 1_000;
    private static final int VERIFY_MS = 1_000;
    private static final int JOIN_MS = 2_000;
    /** How often parts that have lost each other look for each other, in milliseconds. */
    private static final int MERGE_MIN_MS = 1_000;

    private static final int MERGE_MAX_MS = 3_000;

    /**
     * Loggers that strangers could fill, with each connection that they make; the relay reports refused relays itself. The references keep
     * their levels.
     */
    private static final List<Logger> QUIET =
            Stream.of("org.jgroups", "org.infinispan").map(Logger::getLogger).toList();

    @Override
    public ClusterNode start(ClusterAddresses addresses, SSLContext tls, ClusterNode.Listener listener)
            throws IOException {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        refuseSerializedObjects();
        DefaultCacheManager manager = null;
        try {
            JChannel channel = channel(addresses, tls);
            manager = manager(channel);
            manager.start();
            ForkChannel messages = new ForkChannel(channel, CLUSTER, MESSAGES);
            Cache<String, String> directory = manager.getCache(DIRECTORY);
            InfinispanNode node = new InfinispanNode(manager, messages, directory, listener);
            node.connect();
            return node;
        } catch (Exception failed) {
            if (manager != null) {
                manager.stop();
            }
            throw new IOException("cannot join the cluster at " + addresses.listen() + ": " + reason(failed), failed);
        }
    }

    /**
     * Refuses Java's serialization, which JGroups reads wherever an object may stand in a message: the sender could have objects of any
     * class created. Nothing in this process needs it.
     */
    static void refuseSerializedObjects() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(object -> ObjectInputFilter.Status.REJECTED);
        }
    }

    /** Returns the innermost reason that is said in words. */
    private static String reason(Throwable failed) {
        Throwable innermost = failed;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }

    private static JChannel channel(ClusterAddresses addresses, SSLContext tls) throws Exception {
        TCP tcp = new TCP();
        tcp.setBindAddress(addresses.listen().getAddress());
        tcp.setBindPort(addresses.listen().getPort());
        tcp.setPortRange(0);
        tcp.setSocketFactory(sockets(tls));
        tcp.enableSuspectEvents(true);
        TCPPING discovery = new TCPPING();
        discovery.setInitialHosts(addresses.others());
        discovery.setPortRange(0);
        GMS membership = new GMS();
        membership.setJoinTimeout(JOIN_MS);
        membership.setValue("print_local_addr", false);
        FD_ALL3 silence = new FD_ALL3();
        silence.setTimeout(SILENCE_MS);
        silence.setInterval(HEARTBEAT_MS);
        return new JChannel(
                tcp,
                discovery,
                new MERGE3().setMinInterval(MERGE_MIN_MS).setMaxInterval(MERGE_MAX_MS),
                silence,
                new VERIFY_SUSPECT2().setTimeout(VERIFY_MS),
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE(),
                membership,
                new UFC(),
                new MFC(),
                new FRAG4(),
                new FORK());
    }

    private static DefaultSocketFactory sockets(SSLContext tls) {
        String[] versions = {Identity.TLS_VERSION};
        DefaultSocketFactory sockets = new DefaultSocketFactory(tls);
        sockets.setSocketConfigurator(socket -> ((SSLSocket) socket).setEnabledProtocols(versions));
        sockets.setServerSocketConfigurator(socket -> {
            SSLServerSocket server = (SSLServerSocket) socket;
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(versions);
        });
        return sockets;
    }

    private static DefaultCacheManager manager(JChannel channel) {
        ConfigurationBuilderHolder holder = new ConfigurationBuilderHolder(InfinispanFactory.class.getClassLoader());
        GlobalConfigurationBuilder global = holder.getGlobalConfigurationBuilder();
        global.transport().transport(new JGroupsTransport(channel)).clusterName(CLUSTER);
        global.metrics().gauges(false).histograms(false);
        global.jmx().disable();
        global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        ConfigurationBuilder directory = holder.newConfigurationBuilder(DIRECTORY);
        directory
                .clustering()
                .cacheMode(CacheMode.REPL_ASYNC)
                .partitionHandling()
                .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
                .mergePolicy(new FirstValuePolicy());
        directory.clustering().stateTransfer().awaitInitialTransfer(false);
        return new DefaultCacheManager(holder, false);
    }
}
