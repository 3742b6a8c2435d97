package voiptui.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.dsp.SpeechMeter;
import voiptui.doctor.Finding.Trouble;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.BindDatagram;
import voiptui.rtp.ClassicPacket;
import voiptui.session.RelayDiagnostics;

/** Turns measurements into findings. Pure functions. */
final class Findings {

    /** Small probes that measure loss and round trip, for two seconds. */
    static final int PROBES = 200;

    static final int PROBE_INTERVAL_MS = 10;
    static final int SMALL_BYTES = BindDatagram.MIN_BYTES;
    /** Probes of each size that show whether it gets through. */
    static final int SIZE_PROBES = 5;

    static final int SIZE_INTERVAL_MS = 20;
    /** Fits any internet path without fragmentation. */
    static final int WHOLE_BYTES = 1_200;
    /** A classic media packet: larger than an Ethernet frame, so it is fragmented. */
    static final int CLASSIC_BYTES = ClassicPacket.PACKET_BYTES;

    private static final double LOSSY_PERCENT = 1;
    private static final double FAR_MS = 150;

    private Findings() {}

    static Finding connected(double connectMs) {
        return Finding.ok("TCP", "connected in " + ms(connectMs));
    }

    static Finding handshake(double handshakeMs) {
        return Finding.ok("TLS", "TLS 1.3 in " + ms(handshakeMs));
    }

    static Finding throughSsh(double ms) {
        return Finding.ok("ssh", "TLS 1.3 with the relay through ssh in " + ms(ms));
    }

    static Finding noSsh(String problem) {
        return Finding.failure(
                "ssh",
                problem,
                "does 'ssh' reach that host by itself, and does 'voiptui relay' run on it?",
                Trouble.UNREACHABLE);
    }

    static Finding pin(String relay, Fingerprint shown, List<KnownRelays.Entry> known, Path file) {
        if (known.isEmpty()) {
            return Finding.failure(
                    "pin",
                    relay + " is unknown; it presents " + shown,
                    "compare this with the fingerprint that the relay prints when it starts, then use --accept-new",
                    Trouble.REFUSED);
        }
        return known.stream().anyMatch(entry -> entry.fingerprint().equals(shown))
                ? Finding.ok("pin", shown + ", as saved")
                : Finding.failure(
                        "pin",
                        "the relay presents " + shown + ", but the saved fingerprint is "
                                + known.get(0).fingerprint(),
                        "the connection may be intercepted; if you are sure that the new one is right, remove line "
                                + known.get(0).line() + " of " + file,
                        Trouble.REFUSED);
    }

    static Finding entry(RelayDiagnostics.SignInResult entry, String name, boolean isThroughSsh) {
        if (entry instanceof RelayDiagnostics.SignInResult.SignedIn in) {
            return Finding.ok(
                    "name",
                    "signed in as " + in.welcome().name()
                            + (isThroughSsh
                                    ? ""
                                    : ", your address: " + in.welcome().seenAs()));
        } else if (entry instanceof RelayDiagnostics.SignInResult.Refused no) {
            return Finding.failure(
                    "name",
                    "'" + name + "' was refused: " + no.text(),
                    "choose another --name, or ask the relay's operator",
                    Trouble.REFUSED);
        }
        return Finding.failure(
                "name", ((RelayDiagnostics.SignInResult.Failed) entry).problem(), "try again", Trouble.UNREACHABLE);
    }

    static List<Finding> udp(RelayDiagnostics.UdpProbes probes, int udpPort) {
        if (probes.answered() == 0) {
            return List.of(Finding.warning(
                    "UDP",
                    "no answer from UDP port " + udpPort
                            + ": calls go through the TLS connection; expect stutter when packets are lost",
                    "allow UDP port " + udpPort + " of the relay in the firewalls on both sides"));
        }
        List<Finding> findings = new ArrayList<>();
        boolean samePort = portOf(probes.localAddress()).equals(portOf(probes.seenAs()));
        boolean same = withoutZone(probes.localAddress()).equals(withoutZone(probes.seenAs()));
        findings.add(Finding.ok(
                "UDP",
                same
                        ? "both ways, from " + probes.seenAs() + ", without a NAT"
                        : "both ways, through a NAT: " + probes.localAddress() + " appears as " + probes.seenAs()
                                + (samePort ? "" : ", on another port")));
        double lossPercent = 100.0 * (probes.sent() - probes.answered()) / probes.sent();
        String lost = String.format(
                Locale.ROOT, "%d of %d lost (%.1f %%)", probes.sent() - probes.answered(), probes.sent(), lossPercent);
        findings.add(
                lossPercent < LOSSY_PERCENT
                        ? Finding.ok("loss", lost)
                        : Finding.warning("loss", lost, "try a cable instead of Wi-Fi, or another network"));
        double[] sorted = probes.rttMs().clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        String trips =
                "minimum " + ms(sorted[0]) + ", median " + ms(median) + ", maximum " + ms(sorted[sorted.length - 1]);
        findings.add(
                median < FAR_MS
                        ? Finding.ok("round trip", trips)
                        : Finding.warning("round trip", trips, "use a relay closer to both sides to reduce the delay"));
        return findings;
    }

    /** The relay does not name the interface that this machine reaches it through. */
    private static String withoutZone(String address) {
        return address.replaceFirst("%[^]]*", "");
    }

    private static String portOf(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** Returns the finding for the number of answered probes of both sizes. */
    static Finding packetSizes(int whole, int classic) {
        if (whole == 0) {
            return Finding.warning(
                    "packet size",
                    "datagrams of " + WHOLE_BYTES + " bytes do not get through",
                    "the network drops large packets; Opus calls still work, with packets of at most 200 bytes");
        }
        if (classic == 0) {
            return Finding.warning(
                    "packet size",
                    "datagrams of " + CLASSIC_BYTES + " bytes, sent in fragments, do not get through",
                    "Opus calls work; calls with classic clients do not, because they use packets of this size");
        }
        return Finding.ok("packet size", CLASSIC_BYTES + " bytes get through, in fragments where the MTU is smaller");
    }

    /** Returns the finding for a device that is used although something is wrong with it; empty: nothing is. */
    static Optional<Finding> problem(String check, AudioEndpoint device) {
        return device.warning()
                .map(problem -> Finding.warning(
                        check,
                        device.name() + ": " + problem,
                        "'voiptui devices' lists others; for this one, use --audio-backend java"));
    }

    /** Returns the finding for a microphone's peak level. */
    static Finding microphone(String name, double peakDbfs) {
        return peakDbfs > SpeechMeter.SILENT_DBFS
                ? Finding.ok("microphone", String.format(Locale.ROOT, "%s, peak %.0f dBFS", name, peakDbfs))
                : Finding.warning(
                        "microphone",
                        name + " is silent",
                        "is it muted in the system settings, or the wrong device?"
                                + " 'voiptui devices' lists them; choose one with --mic");
    }

    /** Returns the finding for a microphone after the user was asked to speak. */
    static Finding microphoneAfterAsking(String name, SpeechListening.Heard heard) {
        if (heard.peakDbfs() <= SpeechMeter.SILENT_DBFS) {
            return microphone(name, heard.peakDbfs());
        }
        String peak = String.format(Locale.ROOT, "peak %.0f dBFS", heard.peakDbfs());
        return Finding.ok(
                "microphone",
                heard.speech()
                        ? name + " hears you, " + peak
                        : name + " works, but no speech was heard, " + peak + "; if you spoke, raise its gain");
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%.1f ms", ms);
    }
}
