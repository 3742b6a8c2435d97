package voiptui.relay;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.relay.call.Registrar;
import voiptui.relay.call.RegistrarConfig;
import voiptui.relay.call.SessionHandler;
import voiptui.relay.control.RelayTls;
import voiptui.time.NanoClock;

/**
 * What a relay needs to speak the second protocol, from the thread that starts it to the control thread.
 *
 * @param fingerprint who the relay is
 * @param tls how it shows that
 * @param desk makes whom it leads stations to
 */
record V2Service(Fingerprint fingerprint, RelayTls tls, SessionHandler.Maker desk) {

    private static final String IDENTITY_FILE = "identity.pem";

    /** What the relay's folder holds, or {@code null} for a relay without one, which speaks classic alone. */
    static V2Service of(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        if (config.stateDir() == null) {
            return null;
        }
        return of(
                Identity.loadOrCreate(config.stateDir().resolve(IDENTITY_FILE)),
                (classic, media, udpPort, counters) -> new Registrar(
                        new RegistrarConfig(config.maxClients(), config.stateDir(), config.access(), udpPort),
                        classic,
                        media,
                        events,
                        counters,
                        clock,
                        InstantSource.system(),
                        new SecureRandom()));
    }

    /** That identity and that desk. */
    static V2Service of(Identity identity, SessionHandler.Maker desk) throws IOException {
        return new V2Service(identity.fingerprint(), new RelayTls(identity), desk);
    }
}
