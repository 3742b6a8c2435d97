package voiptui.relay;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.relay.call.Registrar;
import voiptui.relay.call.RegistrarConfig;
import voiptui.relay.call.RelayContext;
import voiptui.relay.call.SessionHandler;
import voiptui.relay.control.RelayTls;
import voiptui.time.NanoClock;

/**
 * The relay's v2 part while it is being set up: read by the thread that starts the relay, used by the control thread.
 *
 * @param fingerprint the relay's identity
 * @param tls TLS with that identity
 * @param sessions creates the handler of v2 sessions
 */
record V2Service(Fingerprint fingerprint, RelayTls tls, SessionHandler.Factory sessions) {

    private static final String IDENTITY_FILE = "identity.pem";

    /**
     * Loads the identity from the state directory, or creates it, and uses a {@link Registrar}.
     *
     * @throws IOException if the identity cannot be read or written
     */
    static V2Service of(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        return of(
                Identity.loadOrCreate(config.stateDir().resolve(IDENTITY_FILE)),
                (classic, media, udpPort, counters) -> new Registrar(
                        new RegistrarConfig(
                                config.maxClients(),
                                config.stateDir(),
                                config.v2().access(),
                                config.v2().ringLimitMs(),
                                udpPort),
                        classic,
                        media,
                        new RelayContext(events, counters, clock, InstantSource.system(), new SecureRandom())));
    }

    /** Uses the given identity and handler. */
    static V2Service of(Identity identity, SessionHandler.Factory sessions) throws IOException {
        return new V2Service(identity.fingerprint(), new RelayTls(identity), sessions);
    }
}
