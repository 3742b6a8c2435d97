package voiptui.relay;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.time.NanoClock;

/**
 * What a relay needs to speak the second protocol, from the thread that starts it to the control thread.
 *
 * @param fingerprint who the relay is
 * @param tls how it shows that
 * @param desk makes whom it leads stations to
 */
record SecondProtocol(Fingerprint fingerprint, RelayTls tls, StationDesk.Maker desk) {

    private static final String IDENTITY_FILE = "identity.pem";

    /** What the relay's folder holds, or {@code null} for a relay without one, which speaks classic alone. */
    static SecondProtocol of(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        if (config.stateDir() == null) {
            return null;
        }
        return of(
                Identity.loadOrCreate(config.stateDir().resolve(IDENTITY_FILE)),
                (classic, media, udpPort, counters) -> new Switchboard(
                        new SwitchboardConfig(config.maxClients(), config.stateDir(), config.access(), udpPort),
                        classic,
                        media,
                        events,
                        counters,
                        clock,
                        InstantSource.system(),
                        new SecureRandom()));
    }

    /** That identity and that desk. */
    static SecondProtocol of(Identity identity, StationDesk.Maker desk) throws IOException {
        return new SecondProtocol(identity.fingerprint(), new RelayTls(identity), desk);
    }
}
