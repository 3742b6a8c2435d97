package voiptui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.doctor.Finding.Trouble;
import voiptui.doctor.Finding.Verdict;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.RefusalCode;
import voiptui.session.RelayDiagnostics;
import voiptui.session.RelayDiagnostics.UdpProbes;

class FindingsTest {

    private static final Fingerprint SHOWN = new Fingerprint("SHA256:" + "s".repeat(43));
    private static final Fingerprint OTHER = new Fingerprint("SHA256:" + "o".repeat(43));
    private static final Path FILE = Path.of("/home/jane/known_relays");

    private static Finding pin(Fingerprint known) {
        return Findings.pin(
                "relay.example:8888",
                SHOWN,
                Stream.ofNullable(known)
                        .map(fingerprint -> new KnownRelays.Entry(fingerprint, 3))
                        .toList(),
                FILE);
    }

    private static UdpProbes probes(int answered, double rttMs, String local, String seenAs) {
        double[] rtts = new double[answered];
        Arrays.fill(rtts, rttMs);
        return new UdpProbes(200, answered, rtts, local, seenAs);
    }

    @Test
    void shouldAcceptAKnownRelay() {
        assertThat(pin(SHOWN)).extracting(Finding::verdict, Finding::trouble).containsExactly(Verdict.OK, Trouble.NONE);
    }

    @Test
    void shouldExplainHowToTrustANewRelay() {
        Finding finding = pin(null);

        assertThat(finding.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(finding.text()).contains(SHOWN.text());
        assertThat(finding.advice()).contains("--accept-new");
    }

    @Test
    void shouldShowBothFingerprintsAndTheLineOfARelayThatChanged() {
        Finding finding = pin(OTHER);

        assertThat(finding.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(finding.text()).contains(SHOWN.text(), OTHER.text());
        assertThat(finding.advice()).contains("line 3 of " + FILE);
    }

    @Test
    void shouldReportWhyANameIsRefused() {
        Finding finding = Findings.entry(
                new RelayDiagnostics.SignInResult.Refused(RefusalCode.NAME_TAKEN, "that name is taken"), "dora", false);

        assertThat(finding.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(finding.text()).contains("dora", "that name is taken");
        assertThat(finding.advice()).contains("--name");
    }

    @Test
    void shouldReportWhatSshSays() {
        Finding finding = Findings.noSsh("ssh: Permission denied (publickey)");

        assertThat(finding.check()).isEqualTo("ssh");
        assertThat(finding.trouble()).isEqualTo(Trouble.UNREACHABLE);
        assertThat(finding.text()).isEqualTo("ssh: Permission denied (publickey)");
        assertThat(finding.advice()).contains("'ssh'", "'voiptui relay'");
    }

    @Test
    void shouldReportTheClosedPort() {
        List<Finding> findings = Findings.udp(probes(0, 0, "192.0.2.7:5000", ""), 9999);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.trouble()).isEqualTo(Trouble.DEGRADED);
            assertThat(finding.advice()).contains("9999");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [fe80::7%eth0]:5000 | [fe80::7]:5000 | without a NAT
            192.0.2.7:5000 | 192.0.2.7:5000    | without a NAT
            192.0.2.7:5000 | 203.0.113.9:5000  | through a NAT: 192.0.2.7:5000 appears as 203.0.113.9:5000
            192.0.2.7:5000 | 203.0.113.9:61000 | on another port
            """)
    void shouldDetectANat(String local, String seenAs, String words) {
        assertThat(Findings.udp(probes(200, 20, local, seenAs), 9999).get(0).text())
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 20, OK, OK",
        "199, 20, OK, OK",
        "198, 20, WARNING, OK",
        "100, 20, WARNING, OK",
        "200, 149, OK, OK",
        "200, 151, OK, WARNING"
    })
    void shouldWarnOfLossAndOfALongRoundTrip(int answered, double rttMs, Verdict loss, Verdict roundTrip) {
        List<Finding> findings = Findings.udp(probes(answered, rttMs, "192.0.2.7:1", "192.0.2.7:1"), 9999);

        assertThat(findings).extracting(Finding::check).containsExactly("UDP", "loss", "round trip");
        assertThat(findings.get(1).verdict()).isEqualTo(loss);
        assertThat(findings.get(2).verdict()).isEqualTo(roundTrip);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, OK, 1768", "5, 1, OK, 1768", "5, 0, WARNING, classic", "0, 0, WARNING, 1200"})
    void shouldReportWhichPacketSizesGetThrough(int whole, int classic, Verdict verdict, String words) {
        Finding finding = Findings.packetSizes(whole, classic);

        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(finding.text() + finding.advice()).contains(words);
    }

    @Test
    void shouldWarnOfASilentMicrophone() {
        assertThat(Findings.microphone("headset", -31).verdict()).isEqualTo(Verdict.OK);
        assertThat(Findings.microphone("headset", -96).verdict()).isEqualTo(Verdict.WARNING);
    }

    @Test
    void shouldNotBlameTheMicrophoneIfNobodySpeaks() {
        Finding quiet = Findings.microphoneAfterAsking("headset", new SpeechListening.Heard(-55, false));

        assertThat(quiet.verdict()).isEqualTo(Verdict.OK);
        assertThat(quiet.text())
                .isEqualTo("headset works, but no speech was heard, peak -55 dBFS; if you spoke, raise its gain");
        assertThat(Findings.microphoneAfterAsking("headset", new SpeechListening.Heard(-20, true))
                        .text())
                .isEqualTo("headset hears you, peak -20 dBFS");
        assertThat(Findings.microphoneAfterAsking("headset", new SpeechListening.Heard(-96, false))
                        .verdict())
                .isEqualTo(Verdict.WARNING);
    }
}
