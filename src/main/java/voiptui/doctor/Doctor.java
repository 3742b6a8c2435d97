package voiptui.doctor;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import voiptui.doctor.Finding.Trouble;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.RelayMessage;
import voiptui.session.RelayDiagnostics;
import voiptui.session.RelayProbe;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/**
 * Examines the path to a relay step by step, as far as it works: connection, certificate, sign-in, UDP. Reports each finding
 * at once.
 *
 * <p>Blocks its caller for a few seconds.
 */
public final class Doctor {

    private final SessionConfig config;
    private final NanoClock clock;
    private final Consumer<Finding> report;

    /**
     * Prepares an examination.
     *
     * @param config the session that a call would use
     * @param report receives each finding
     */
    public Doctor(SessionConfig config, NanoClock clock, Consumer<Finding> report) {
        this.config = config;
        this.clock = clock;
        this.report = report;
    }

    /** Examines everything that involves the relay. */
    public void examineRelay() throws InterruptedException {
        RelayProbe.Finding found = RelayProbe.look(config, clock);
        if (config.endpoint().ssh() != null) {
            examineThroughSsh(found);
        } else if (found instanceof RelayProbe.Finding.Unreachable nothing) {
            report.accept(Finding.failure(
                    "TCP",
                    nothing.problem(),
                    "is 'voiptui relay' running there, and does a firewall block this port?",
                    Trouble.UNREACHABLE));
        } else if (found instanceof RelayProbe.Finding.Strange strange) {
            report.accept(Findings.connected(strange.connectMs()));
            report.accept(Finding.failure(
                    "TLS", strange.problem(), "is another program listening on this port?", Trouble.UNREACHABLE));
        } else if (found instanceof RelayProbe.Finding.Classic classic) {
            report.accept(Findings.connected(classic.connectMs()));
            examineClassic();
        } else if (found instanceof RelayProbe.Finding.Secure secure) {
            report.accept(Findings.connected(secure.connectMs()));
            report.accept(Findings.handshake(secure.handshakeMs()));
            examineSecure(secure);
        }
    }

    /** Whether {@code ssh} is connected only shows when the relay answers, so both count as one step. */
    private void examineThroughSsh(RelayProbe.Finding found) throws InterruptedException {
        if (found instanceof RelayProbe.Finding.Secure secure) {
            report.accept(Findings.throughSsh(secure.connectMs() + secure.handshakeMs()));
            examineSecure(secure);
        } else if (found instanceof RelayProbe.Finding.Strange strange) {
            report.accept(Findings.noSsh(strange.problem()));
        } else if (found instanceof RelayProbe.Finding.Unreachable nothing) {
            report.accept(Findings.noSsh(nothing.problem()));
        } else {
            report.accept(Findings.noSsh("this is a classic relay, which ssh does not reach"));
        }
    }

    private void examineClassic() {
        try {
            List<KnownRelays.Entry> known = config.knownRelays().find(config.relayName());
            report.accept(
                    !known.isEmpty()
                            ? Finding.failure(
                                    "TLS",
                                    "the relay answers without encryption, but presented the certificate "
                                            + known.get(0).fingerprint() + " before",
                                    "the connection may be intercepted: ask the relay's operator",
                                    Trouble.REFUSED)
                            : Finding.warning(
                                    "TLS",
                                    "classic relay: no names, and audio is not encrypted",
                                    "calls work with an address as the target; for names and identities, ask for a v2 relay"));
        } catch (IOException unreadable) {
            report.accept(Finding.failure(
                    "pin", String.valueOf(unreadable.getMessage()), "correct or remove that file", Trouble.REFUSED));
        }
    }

    private void examineSecure(RelayProbe.Finding.Secure secure) throws InterruptedException {
        Finding pin = pin(secure.fingerprint());
        report.accept(pin);
        if (pin.verdict() == Finding.Verdict.FAILURE) {
            return;
        }
        try (RelayDiagnostics visit = new RelayDiagnostics(config, secure.fingerprint(), clock)) {
            RelayDiagnostics.SignInResult entry = visit.signIn();
            report.accept(Findings.entry(entry, config.name(), config.endpoint().ssh() != null));
            if (entry instanceof RelayDiagnostics.SignInResult.SignedIn in) {
                examineUdp(visit, in.welcome());
            }
        }
    }

    private Finding pin(Fingerprint shown) {
        try {
            List<KnownRelays.Entry> known = config.knownRelays().find(config.relayName());
            if (known.isEmpty() && config.credentials().acceptNew()) {
                config.knownRelays().add(config.relayName(), shown);
                return Finding.ok("pin", shown + "; trusted for the first time, fingerprint saved");
            }
            return Findings.pin(
                    config.relayName(), shown, known, config.knownRelays().file());
        } catch (IOException unusable) {
            return Finding.failure(
                    "pin", String.valueOf(unusable.getMessage()), "correct or remove that file", Trouble.REFUSED);
        }
    }

    /** Returns the port that the probes are sent to. */
    private int udpPort(RelayMessage.Welcome welcome) {
        int given = config.endpoint().relayUdpPort();
        return given == 0 ? welcome.udpPort() : given;
    }

    private void examineUdp(RelayDiagnostics visit, RelayMessage.Welcome welcome) {
        try {
            RelayDiagnostics.UdpProbes probes =
                    visit.probe(Findings.PROBES, Findings.PROBE_INTERVAL_MS, Findings.SMALL_BYTES);
            Findings.udp(probes, udpPort(welcome)).forEach(report);
            if (probes.answered() > 0) {
                report.accept(Findings.packetSizes(
                        visit.probe(Findings.SIZE_PROBES, Findings.SIZE_INTERVAL_MS, Findings.WHOLE_BYTES)
                                .answered(),
                        visit.probe(Findings.SIZE_PROBES, Findings.SIZE_INTERVAL_MS, Findings.CLASSIC_BYTES)
                                .answered()));
            }
        } catch (IOException noSocket) {
            report.accept(Finding.failure("UDP", "no socket: " + noSocket.getMessage(), "", Trouble.UNREACHABLE));
        }
    }
}
