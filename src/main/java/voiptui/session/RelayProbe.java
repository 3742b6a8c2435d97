package voiptui.session;

import static voiptui.time.NanoClock.toMs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.time.NanoClock;

/** One look at a relay, to see what it is and what it is known by, without a word to it. Stateless; any thread. */
public final class RelayProbe {

    /** What was found. */
    public sealed interface Finding {

        /**
         * A relay of the second protocol.
         *
         * @param fingerprint what it is known by
         * @param connectMs how long the connection took: one round trip of the network
         * @param handshakeMs how long the TLS handshake took after it
         */
        record Secure(Fingerprint fingerprint, double connectMs, double handshakeMs) implements Finding {}

        /**
         * A relay that speaks the classic protocol only.
         *
         * @param connectMs how long the connection took
         */
        record Classic(double connectMs) implements Finding {}

        /**
         * A host that takes connections, but nothing that we can talk with.
         *
         * @param connectMs how long the connection took
         * @param problem what went wrong after it, for people
         */
        record Strange(double connectMs, String problem) implements Finding {}

        /**
         * No connection.
         *
         * @param problem what went wrong, for people
         */
        record Unreachable(String problem) implements Finding {}
    }

    private RelayProbe() {}

    /**
     * Looks once. Blocks its caller for twice the time-out at the most. Never throws for what the network does.
     *
     * @param relay where it takes control connections
     * @param bind the local address to look from, or {@code null} for whichever the system takes
     * @param identity who we are, which it sees
     */
    public static Finding look(
            InetSocketAddress relay, InetAddress bind, int timeoutMs, Identity identity, NanoClock clock) {
        try (TlsDialer dial = new TlsDialer(relay, bind, timeoutMs)) {
            long startNs = clock.nanoTime();
            try {
                dial.connect();
            } catch (IOException unreachable) {
                return new Finding.Unreachable(dial.words(unreachable));
            }
            long connectedNs = clock.nanoTime();
            double connectMs = toMs(connectedNs - startNs);
            try {
                Optional<Fingerprint> shown = dial.handshake(identity);
                return shown.isPresent()
                        ? new Finding.Secure(shown.get(), connectMs, toMs(clock.nanoTime() - connectedNs))
                        : new Finding.Classic(connectMs);
            } catch (IOException noTls) {
                return new Finding.Strange(connectMs, dial.words(noTls));
            }
        }
    }
}
