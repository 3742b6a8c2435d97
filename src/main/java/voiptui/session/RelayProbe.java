package voiptui.session;

import static voiptui.time.NanoClock.toMs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.time.NanoClock;

/** Connects to a relay once to find out its kind and fingerprint, without signing in. Stateless; any thread. */
public final class RelayProbe {

    /** Result of a probe. */
    public sealed interface Finding {

        /**
         * A v2 relay.
         *
         * @param fingerprint the fingerprint of its certificate
         * @param connectMs duration of the TCP connect, about one round trip, in milliseconds
         * @param handshakeMs duration of the TLS handshake after it, in milliseconds
         */
        record Secure(Fingerprint fingerprint, double connectMs, double handshakeMs) implements Finding {}

        /**
         * A classic relay.
         *
         * @param connectMs duration of the TCP connect, in milliseconds
         */
        record Classic(double connectMs) implements Finding {}

        /**
         * A server that is not a voiptui relay.
         *
         * @param connectMs duration of the TCP connect, in milliseconds
         * @param problem what went wrong in the handshake, for people
         */
        record Strange(double connectMs, String problem) implements Finding {}

        /**
         * No TCP connection.
         *
         * @param problem what went wrong, for people
         */
        record Unreachable(String problem) implements Finding {}
    }

    private RelayProbe() {}

    /**
     * Probes a relay. Blocks its caller for at most twice the timeout. Network errors are results, not exceptions.
     *
     * @param relay the relay's control address
     * @param bind the local address to connect from; null: chosen by the system
     * @param timeoutMs limit for the connect and for each answer in the handshake, in milliseconds
     * @param identity the certificate shown to the relay
     */
    public static Finding look(
            InetSocketAddress relay, @Nullable InetAddress bind, int timeoutMs, Identity identity, NanoClock clock) {
        try (TlsDialer dial = new TlsDialer(relay, bind, timeoutMs)) {
            long startNs = clock.nanoTime();
            try {
                dial.connect();
            } catch (IOException unreachable) {
                return new Finding.Unreachable(dial.describe(unreachable));
            }
            long connectedNs = clock.nanoTime();
            double connectMs = toMs(connectedNs - startNs);
            try {
                Optional<Fingerprint> shown = dial.handshake(identity);
                return shown.isPresent()
                        ? new Finding.Secure(shown.get(), connectMs, toMs(clock.nanoTime() - connectedNs))
                        : new Finding.Classic(connectMs);
            } catch (IOException noTls) {
                return new Finding.Strange(connectMs, dial.describe(noTls));
            }
        }
    }
}
