package voiptui.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.relay.cluster.node.ClusterAddresses;

/**
 * What a running relay does with new settings.
 *
 * @param changed the options, such as {@code --access}, whose new values it takes over
 * @param needRestart the options whose new values count when the relay is started again
 */
record ConfigChange(List<String> changed, List<String> needRestart) {

    /** Compares the settings that count with new ones. */
    static ConfigChange of(RelayConfig now, RelayConfig wanted) {
        List<String> changed = new ArrayList<>();
        compare(
                changed,
                "--max-clients, --max-classic",
                now.admission().limits(),
                wanted.admission().limits());
        compare(
                changed,
                "--classic",
                now.admission().classic(),
                wanted.admission().classic());
        compare(
                changed,
                "--handshake-limit",
                now.admission().connections().handshakes(),
                wanted.admission().connections().handshakes());
        compare(
                changed,
                "--exempt",
                now.admission().connections().exempt(),
                wanted.admission().connections().exempt());
        compare(
                changed,
                "--access",
                now.directory().access(),
                wanted.directory().access());
        compare(
                changed,
                "--name-expiry, --new-names",
                now.directory().limits(),
                wanted.directory().limits());
        compare(
                changed,
                "--ring-limit",
                now.times().ringLimitMs(),
                wanted.times().ringLimitMs());
        compare(
                changed,
                "--client-timeout",
                now.classic().clientTimeoutMs(),
                wanted.classic().clientTimeoutMs());
        compare(changed, "--cluster-allow", allowed(now), allowed(wanted));
        List<String> fixed = new ArrayList<>();
        compare(fixed, "--cluster, --cluster-listen", addresses(now), addresses(wanted));
        compare(fixed, "--bind", now.bind(), wanted.bind());
        compare(fixed, "--tcp-port", now.tcpPort(), wanted.tcpPort());
        compare(fixed, "--udp-port", now.udpPort(), wanted.udpPort());
        compare(fixed, "--state-dir", now.stateDir(), wanted.stateDir());
        compare(fixed, "--udp-host", now.media().udpHost(), wanted.media().udpHost());
        compare(fixed, "--udp-batch", now.media().batch(), wanted.media().batch());
        compare(fixed, "--media-threads", now.media().threads(), wanted.media().threads());
        compare(
                fixed,
                "--max-packet-rate, --max-byte-rate",
                now.media().senderRate(),
                wanted.media().senderRate());
        compare(
                fixed,
                "--tcp-timeout",
                now.classic().controlTimeoutMs(),
                wanted.classic().controlTimeoutMs());
        compare(
                fixed,
                "--proxy-protocol",
                now.admission().balancers(),
                wanted.admission().balancers());
        compare(fixed, "--sweep", now.classic().sweepMs(), wanted.classic().sweepMs());
        return new ConfigChange(List.copyOf(changed), List.copyOf(fixed));
    }

    private static Set<Fingerprint> allowed(RelayConfig config) {
        return config.cluster() == null ? Set.of() : config.cluster().allowed();
    }

    private static @Nullable ClusterAddresses addresses(RelayConfig config) {
        return config.cluster() == null ? null : config.cluster().addresses();
    }

    private static void compare(List<String> differing, String options, @Nullable Object now, @Nullable Object wanted) {
        if (!Objects.equals(now, wanted)) {
            differing.add(options);
        }
    }
}
