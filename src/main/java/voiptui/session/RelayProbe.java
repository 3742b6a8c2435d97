package voiptui.session;

import static voiptui.time.NanoClock.toMs;

import java.io.IOException;
import java.util.Optional;
import voiptui.identity.Fingerprint;
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
     * Probes a relay. Blocks its caller for at most three times the timeout. Network errors are results, not exceptions.
     *
     * @param config the session that a call would use
     */
    public static Finding look(SessionConfig config, NanoClock clock) throws InterruptedException {
        try (TlsDialer dial = TlsDialer.of(config, clock)) {
            long startNs = clock.nanoTime();
            try {
                dial.connect();
            } catch (IOException unreachable) {
                return new Finding.Unreachable(dial.describe(unreachable));
            }
            long connectedNs = clock.nanoTime();
            double connectMs = toMs(connectedNs - startNs);
            try {
                Optional<Fingerprint> shown = dial.handshake(config.identity());
                return shown.isPresent()
                        ? new Finding.Secure(shown.get(), connectMs, toMs(clock.nanoTime() - connectedNs))
                        : new Finding.Classic(connectMs);
            } catch (IOException noTls) {
                return new Finding.Strange(connectMs, dial.describe(noTls));
            }
        }
    }
}
