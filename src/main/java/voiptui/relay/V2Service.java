package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;
import voiptui.net.IpText;
import voiptui.relay.call.RelayContext;
import voiptui.relay.control.RelayTls;
import voiptui.relay.registrar.Registrar;
import voiptui.relay.registrar.RegistrarConfig;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * The relay's v2 part while it is being set up: read by the thread that starts the relay, used by the control thread.
 *
 * @param identity the relay's key and certificate
 * @param tls TLS with that identity
 * @param sessions creates the handler of v2 sessions
 * @param state the state directory, closed with the relay; null: none
 */
record V2Service(
        Identity identity,
        RelayTls tls,
        SessionHandler.Factory sessions,
        @Nullable RelayState state) {

    /**
     * Loads the identity from the state directory, or creates it, and uses a {@link Registrar}.
     *
     * @throws IOException if a file of the state directory cannot be read or written, or another relay uses it
     */
    static V2Service of(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        Consumer<String> warn = text -> events.publish(new RelayEvent.Warning(text));
        RelayState state = RelayState.open(config.directory(), warn, clock);
        try {
            RelayIdentity loaded = RelayIdentity.loadOrCreate(RelayIdentity.fileIn(config.stateDir()), warn);
            Identity identity = loaded.identity();
            SessionHandler.Factory sessions = (classic, media, udpPort, counters) -> new Registrar(
                    new RegistrarConfig(
                            config.maxClients(),
                            state.directory(),
                            config.times().ringLimitMs(),
                            new RegistrarConfig.MediaAddress(
                                    udpPort, hostText(config.media().udpHost()), prefix(identity.fingerprint()))),
                    classic,
                    media,
                    new RelayContext(events, counters, clock, InstantSource.system(), new SecureRandom()));
            return new V2Service(identity, new RelayTls(loaded), sessions, state);
        } catch (IOException failed) {
            state.close();
            throw failed;
        }
    }

    private static @Nullable String hostText(@Nullable InetAddress host) {
        return host == null ? null : IpText.of(host);
    }

    /** Returns 16 bits that other relays most likely do not have, and that this one always has. */
    private static int prefix(Fingerprint fingerprint) {
        return fingerprint.text().hashCode() >>> Short.SIZE;
    }

    /** Uses the given identity and handler. */
    static V2Service of(Identity identity, SessionHandler.Factory sessions) throws IOException {
        return new V2Service(identity, new RelayTls(new RelayIdentity(identity)), sessions, null);
    }

    /** Returns the fingerprint of the relay's certificate. */
    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    /** Returns whether the operator has blocked an address. */
    boolean isBlocked(InetAddress address) {
        return state != null && state.directory().isBlocked(address);
    }

    /** Gives up what the relay would have used, because it does not start. */
    void close() {
        tls.close();
        if (state != null) {
            state.close();
        }
    }
}
