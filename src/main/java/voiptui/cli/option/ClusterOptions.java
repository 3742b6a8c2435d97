package voiptui.cli.option;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.identity.Fingerprint;
import voiptui.net.HostPort;
import voiptui.relay.cluster.ClusterConfig;
import voiptui.relay.cluster.node.ClusterAddresses;

/** The other relays that a relay works together with. */
public final class ClusterOptions {

    @Option(
            names = "--cluster",
            split = ",",
            paramLabel = "HOST[:PORT]",
            description =
                    "Work together with these relays, so that their clients and this relay's can call each other; TCP port "
                            + ClusterAddresses.DEFAULT_PORT + " by default. The list may name this relay, too.")
    private List<String> cluster = List.of();

    @Option(
            names = "--cluster-listen",
            paramLabel = "ADDR[:PORT]",
            description = "The address of this relay that the others of --cluster use, for TCP and media; TCP port "
                    + ClusterAddresses.DEFAULT_PORT + " by default.")
    private @Nullable String listen;

    @Option(
            names = "--cluster-allow",
            split = ",",
            paramLabel = "FINGERPRINT",
            description =
                    "The certificates of the other relays, as they log them at the start. No other relay can join.")
    private List<String> allow = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the settings; null: there are no other relays. May query DNS. A wrong value ends the command. */
    public @Nullable ClusterConfig config() {
        Usage usage = new Usage(spec);
        if (cluster.isEmpty()) {
            usage.check(listen == null, "--cluster-listen requires --cluster");
            usage.check(allow.isEmpty(), "--cluster-allow requires --cluster");
            return null;
        }
        usage.check(listen != null, "--cluster requires --cluster-listen ADDR[:PORT], an address of this relay");
        usage.check(!allow.isEmpty(), "--cluster requires --cluster-allow with the fingerprints of the other relays");
        InetSocketAddress own = address(usage, "--cluster-listen", String.valueOf(listen));
        usage.check(
                !own.getAddress().isAnyLocalAddress(),
                "--cluster-listen: name the one address that the other relays use, not all addresses");
        List<InetSocketAddress> others = new ArrayList<>();
        for (String relay : cluster) {
            others.add(address(usage, "--cluster", relay.strip()));
        }
        Set<Fingerprint> allowed = new HashSet<>();
        for (String text : allow) {
            allowed.add(usage.parse("--cluster-allow", () -> new Fingerprint(text.strip())));
        }
        return new ClusterConfig(new ClusterAddresses(own, others), allowed);
    }

    private static InetSocketAddress address(Usage usage, String option, String text) {
        HostPort named = usage.parse(option, () -> HostPort.parse(text, ClusterAddresses.DEFAULT_PORT));
        try {
            return new InetSocketAddress(InetAddress.getByName(named.host()), named.port());
        } catch (UnknownHostException unknown) {
            throw usage.failure(option + ": unknown host '" + named.host() + "'; check the name, or give its address");
        }
    }
}
