package voiptui.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.net.HostAddresses;

/**
 * The configuration of a session.
 *
 * @param endpoint the relay's and the local addresses
 * @param timing attempts and time limits
 * @param credentials who signs in, and which relays are trusted
 */
public record SessionConfig(Endpoint endpoint, Timing timing, Credentials credentials) {

    /**
     * The relay's and the local addresses.
     *
     * @param choice the relays that may be used; several only without {@code ssh}
     * @param bind the local address to use; null: the system chooses
     * @param localPort the local UDP port; 0 for any free one
     * @param relayUdpPort the relay's UDP port; 0 for the one in its welcome message
     * @param ssh the way to the relay's control port through {@code ssh}; null: directly, by TCP
     */
    public record Endpoint(
            RelayChoice choice,
            @Nullable InetAddress bind,
            int localPort,
            int relayUdpPort,
            @Nullable SshAccess ssh) {

        /** Creates the endpoint of a session with one relay. */
        public Endpoint(
                String relayName,
                HostAddresses relay,
                @Nullable InetAddress bind,
                int localPort,
                int relayUdpPort,
                @Nullable SshAccess ssh) {
            this(new RelayChoice(List.of(new RelayChoice.Relay(relayName, relay))), bind, localPort, relayUdpPort, ssh);
        }

        /** Creates the endpoint of a session that connects by TCP. */
        public Endpoint(
                String relayName, HostAddresses relay, @Nullable InetAddress bind, int localPort, int relayUdpPort) {
            this(relayName, relay, bind, localPort, relayUdpPort, null);
        }

        /** Returns the name of the current relay. */
        public String relayName() {
            return choice.current().name();
        }

        /** Returns the addresses of the current relay. */
        public HostAddresses relay() {
            return choice.current().addresses();
        }
    }

    /**
     * Attempts and time limits.
     *
     * @param attempts maximum number of attempts to connect the first time; 0 for no limit
     * @param timeoutMs time limit for the connection and for each answer, in milliseconds
     * @param heartbeatMs heartbeat interval that the relay is asked for, in milliseconds; 0 for the relay's, which is used if it
     *     grants no longer one
     */
    public record Timing(int attempts, int timeoutMs, int heartbeatMs) {}

    /**
     * Who signs in, and which relays are trusted.
     *
     * @param name the name to sign in under
     * @param answers whether the client accepts incoming calls
     * @param identity the client's key and certificate
     * @param knownRelays the pinned relays
     * @param acceptNew whether to trust and pin an unknown relay
     */
    public record Credentials(
            String name, boolean answers, Identity identity, KnownRelays knownRelays, boolean acceptNew) {}

    /** Returns this configuration for one of the relays alone. */
    public SessionConfig withRelay(RelayChoice.Relay relay) {
        return new SessionConfig(
                new Endpoint(
                        relay.name(),
                        relay.addresses(),
                        endpoint.bind,
                        endpoint.localPort,
                        endpoint.relayUdpPort,
                        endpoint.ssh),
                timing,
                credentials);
    }

    /** Returns {@link Endpoint#relayName}. */
    public String relayName() {
        return endpoint.relayName();
    }

    /** Returns the relay's control address that worked last, or that is to be tried first. */
    public InetSocketAddress relay() {
        return endpoint.relay().preferred();
    }

    /** Returns {@link Endpoint#bind}. */
    public @Nullable InetAddress bind() {
        return endpoint.bind();
    }

    /** Returns {@link Timing#timeoutMs}. */
    public int timeoutMs() {
        return timing.timeoutMs();
    }

    /** Returns how long it may take until the relay has shown its certificate, in milliseconds. */
    int connectMs() {
        // One timeout each for the look-up, the connection and the handshake.
        return 3 * timeoutMs() + (endpoint.ssh() == null ? 0 : SshStream.CONNECT_MS);
    }

    /** Returns {@link Credentials#name}. */
    public String name() {
        return credentials.name();
    }

    /** Returns {@link Credentials#identity}. */
    public Identity identity() {
        return credentials.identity();
    }

    /** Returns {@link Credentials#knownRelays}. */
    public KnownRelays knownRelays() {
        return credentials.knownRelays();
    }
}
