package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.e2e.ClassicCallIT.with;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.demo.speech.SpeechMatch;
import voiptui.testkit.CapturedMedia;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.testkit.NatBox;
import voiptui.testkit.Programs;
import voiptui.testkit.TestRelay;
import voiptui.testkit.V2Identity;
import voiptui.testkit.V2Peer;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** v2 calls between processes with separate identities. */
class CallIT {

    private static final long SOON_MS = 20_000;
    private static final int OPUS_RATE_HZ = 48_000;
    /** Eight seconds of speech, and four of the silence before it while both sides start. */
    private static final int SPEECH_PACKETS = 10 * 50;

    private static final String[] MUTE = {"--mic", "silence", "--speaker", "null"};
    private static final String[] TONE = {"--mic", "tone:440", "--speaker", "null"};

    @TempDir
    private Path folder;

    /** Starts the program with a separate configuration folder for {@code user}. */
    private VoiptuiProcess as(String user, String... args) throws IOException {
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve(user).toString()), args);
    }

    @Test
    void shouldCarrySpeechWhenBothCallEachOther() throws Exception {
        short[] said = Wav.speech(8, 1, OPUS_RATE_HZ);
        Path heard = folder.resolve("heard.wav");
        String speech = "file:" + Wav.write(folder.resolve("said.wav"), said, OPUS_RATE_HZ);
        CapturedMedia fromDora = new CapturedMedia();
        try (TestRelay relay = TestRelay.start();
                NatBox tap = new NatBox("127.0.1.1", "127.0.0.9", relay.control(), relay.media(), 1);
                VoiptuiProcess dora = as(
                        "dora",
                        tap.tapped(fromDora::add)
                                .throughNat(relay.v2Call("dora", "workshop", "--mic", speech, "--speaker", "null")));
                VoiptuiProcess workshop = as(
                        "workshop",
                        relay.v2Call(
                                "workshop",
                                "dora",
                                "--mic",
                                "silence",
                                "--speaker",
                                "file:" + heard,
                                "--min-delay",
                                "200ms",
                                "--max-delay",
                                "800ms"))) {
            JsonObject connected = dora.awaitEvent(SOON_MS, "connected", event -> true);
            assertThat(connected.get("peer").getAsString()).isEqualTo("workshop");
            assertThat(connected.get("codec").getAsString()).isEqualTo("opus");
            assertThat(connected.get("codec_library").getAsString())
                    .isEqualTo(
                            Programs.hasNatives(Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar")))
                                    ? "libopus"
                                    : "Concentus");
            dora.awaitEvent(
                    SOON_MS, "path", event -> event.get("path").getAsString().equals("UDP"));
            JsonObject report = dora.awaitEvent(
                    SOON_MS, "peer_report", event -> !event.get("rtt_ms").isJsonNull());
            assertThat(report.get("packets_lost").getAsLong()).isZero();
            workshop.awaitEvent(
                    60_000, "network", event -> event.get("packets_received").getAsInt() > SPEECH_PACKETS);
            dora.type("quit");

            JsonObject summary = workshop.awaitSummary(60_000);
            assertThat(summary.get("reason").getAsString()).isEqualTo("PEER_LEFT");
            assertThat(summary.get("packets_lost").getAsInt())
                    .as(summary.toString())
                    .isZero();
            assertThat(dora.awaitSummary(SOON_MS).get("codec").getAsString()).isEqualTo("opus");
            assertThat(dora.awaitExit(SOON_MS)).isZero();
        }
        // At the start of a call the jitter buffer changes its delay; unrelated speech scores below 0.5.
        short[] later = Arrays.copyOfRange(said, 3 * OPUS_RATE_HZ, said.length);
        assertThat(SpeechMatch.find(later, Wav.read(heard), OPUS_RATE_HZ).similarity())
                .isGreaterThan(0.8);
        assertThat(fromDora.strangers()).isEmpty();
        List<byte[]> payloads =
                fromDora.srtp().stream().map(CapturedMedia::payload).toList();
        assertThat(payloads).hasSizeGreaterThan(8 * 40);
        assertThat(CapturedMedia.chiSquare(payloads)).as("random bytes").isBetween(120.0, 450.0);
        assertThat(SpokenPackets.similarity(later, payloads))
                .as("what whoever listens hears")
                .isLessThan(0.5);
    }

    @Test
    void shouldRingUntilAnswered() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = as("workshop", relay.phone("workshop", with(TONE, "--no-ring")));
                VoiptuiProcess call = as("dora", relay.v2Call("dora", "Workshop", TONE))) {
            call.awaitState(SOON_MS, "RINGING");
            assertThat(phone.awaitEvent(SOON_MS, "incoming", event -> true)
                            .get("from")
                            .getAsString())
                    .isEqualTo("dora");
            phone.type("accept");
            call.awaitState(SOON_MS, "IN_CALL");
            phone.awaitState(SOON_MS, "IN_CALL");
            CallProgress.awaitEncrypted(SOON_MS, call, phone);
            call.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);
            phone.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);

            call.type("quit");
            assertThat(call.awaitExit(SOON_MS)).isZero();
            assertThat(phone.awaitEvent(SOON_MS, "summary", event -> true)
                            .get("reason")
                            .getAsString())
                    .isEqualTo("PEER_LEFT");
            assertThat(phone.isAlive()).isTrue();

            phone.type("quit");
            assertThat(phone.awaitExit(SOON_MS)).isZero();
        }
    }

    @Test
    void shouldReportRejectedBusyAndMissedCalls() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = as("workshop", relay.phone("workshop", with(MUTE, "--no-ring")))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
                phone.awaitEvent(SOON_MS, "incoming", event -> true);
                phone.type("reject");
                assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("REJECTED");
                assertThat(call.awaitExit(SOON_MS)).isEqualTo(6);
            }
            try (VoiptuiProcess call =
                    as("dora", relay.v2Call("dora", "workshop", with(MUTE, "--ring-timeout", "1s")))) {
                assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("NO_ANSWER");
                assertThat(call.awaitExit(SOON_MS)).isEqualTo(6);
                phone.awaitEvent(
                        SOON_MS,
                        "missed",
                        event -> event.get("from").getAsString().equals("dora"));
            }
            int lines = phone.lines();
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE));
                    VoiptuiProcess third = as("attic", relay.phone("attic", with(MUTE, "--no-ring")))) {
                phone.awaitEventAfter(lines, SOON_MS, "incoming", event -> true);
                phone.type("accept");
                call.awaitState(SOON_MS, "IN_CALL");
                third.awaitEvent(SOON_MS, "contacts", event -> event.toString().contains("\"busy\":true"));
                third.type("call workshop");
                phone.awaitEvent(
                        SOON_MS,
                        "incoming",
                        event -> event.get("from").getAsString().equals("attic"));
                phone.type("accept");
                third.awaitState(SOON_MS, "IN_CALL");
                assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("PEER_LEFT");
                third.type("hangup");
                third.awaitEvent(SOON_MS, "summary", event -> true);
                third.type("call nobody at all");
                third.awaitEvent(SOON_MS, "dial_failed", event -> true);
            }
        }
    }

    @Test
    void shouldConnectWhenThePeerSignsInLater() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
            call.awaitState(SOON_MS, "WAITING");
            try (VoiptuiProcess intercom = as("workshop", relay.phone("workshop", with(MUTE, "--auto-answer")))) {
                call.awaitState(SOON_MS, "IN_CALL");
                intercom.awaitState(SOON_MS, "IN_CALL");
                CallProgress.awaitEncrypted(SOON_MS, call, intercom);
            }
        }
    }

    @Test
    void shouldReserveANameForItsFirstOwner() throws Exception {
        try (TestRelay relay = TestRelay.start()) {
            try (VoiptuiProcess owner = as("owner", relay.v2Call("dora", "workshop", MUTE))) {
                owner.awaitEvent(SOON_MS, "signed_in", event -> true);
            }
            try (VoiptuiProcess other = as("other", relay.v2Call("dora", "workshop", MUTE))) {
                JsonObject summary = other.awaitSummary(SOON_MS);
                assertThat(summary.get("reason").getAsString()).isEqualTo("NAME_REFUSED");
                assertThat(other.awaitExit(SOON_MS)).isEqualTo(4);
            }
            relay.process().signal("TERM");
            relay.process().awaitExit(SOON_MS);
            try (TestRelay again = relay.startAgain();
                    VoiptuiProcess other = as("other", again.v2Call("dora", "workshop", MUTE))) {
                assertThat(other.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("NAME_REFUSED");
            }
        }
    }

    @Test
    void shouldAdmitAClientAllowedWhileTheRelayRuns() throws Exception {
        try (TestRelay relay = TestRelay.start("--access", "known")) {
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
                assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("NAME_REFUSED");
            }
            try (VoiptuiProcess id = as("dora", "id", "--json")) {
                id.awaitExit(SOON_MS);
                String fingerprint = com.google.gson.JsonParser.parseString(String.join("", id.out()))
                        .getAsJsonObject()
                        .get("fingerprint")
                        .getAsString();
                try (VoiptuiProcess allow = VoiptuiProcess.start(
                        "relay",
                        "allow",
                        fingerprint,
                        "dora",
                        "--state-dir",
                        relay.stateFolder().toString())) {
                    assertThat(allow.awaitExit(SOON_MS)).as(allow.toString()).isZero();
                }
            }
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
                call.awaitState(SOON_MS, "WAITING");
            }
        }
    }

    @Test
    void shouldNotTrustANewRelayWithoutConsent() throws Exception {
        try (TestRelay relay = TestRelay.start()) {
            String[] unasked = List.of(relay.v2Call("dora", "workshop", MUTE)).stream()
                    .filter(word -> !word.equals("--accept-new"))
                    .toArray(String[]::new);
            String fingerprint = relay.process()
                    .awaitLog(SOON_MS, "identity", event -> true)
                    .get("fingerprint")
                    .getAsString();
            try (VoiptuiProcess call = as("dora", unasked)) {
                JsonObject ended = call.awaitState(SOON_MS, "ENDED");
                assertThat(ended.get("reason").getAsString()).isEqualTo("RELAY_UNTRUSTED");
                assertThat(ended.get("detail").getAsString())
                        .contains(fingerprint)
                        .contains("--accept-new");
                assertThat(call.awaitExit(SOON_MS)).isEqualTo(4);
            }
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
                call.awaitState(SOON_MS, "WAITING");
            }
            try (VoiptuiProcess call = as("dora", unasked)) {
                call.awaitState(SOON_MS, "WAITING");
            }
        }
    }

    @Test
    void shouldRefuseARelayWithAChangedCertificate() throws Exception {
        String known;
        int tcpPort;
        int udpPort;
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", MUTE))) {
            known = call.awaitEvent(SOON_MS, "relay_verified", event -> true)
                    .get("fingerprint")
                    .getAsString();
            tcpPort = relay.tcpPort();
            udpPort = relay.udpPort();
        }
        // Another relay at the same address, with its own state folder.
        try (TestRelay impostor = TestRelay.start(tcpPort, udpPort);
                VoiptuiProcess call = as("dora", impostor.v2Call("dora", "workshop", MUTE))) {
            String shown = impostor.process()
                    .awaitLog(SOON_MS, "identity", event -> true)
                    .get("fingerprint")
                    .getAsString();
            JsonObject ended = call.awaitState(SOON_MS, "ENDED");
            assertThat(ended.get("reason").getAsString()).isEqualTo("RELAY_UNTRUSTED");
            assertThat(ended.get("detail").getAsString()).contains(known, shown, "known_relays");
            assertThat(call.awaitExit(SOON_MS)).isEqualTo(4);
        }
    }

    @Test
    void shouldResumeTheCallAfterARelayRestart() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess dora = as("dora", relay.v2Call("dora", "workshop", TONE));
                VoiptuiProcess workshop = as("workshop", relay.v2Call("workshop", "dora", TONE))) {
            dora.awaitState(SOON_MS, "IN_CALL");
            workshop.awaitState(SOON_MS, "IN_CALL");
            CallProgress.awaitEncrypted(SOON_MS, dora, workshop);
            relay.process().signal("KILL");
            relay.process().awaitExit(SOON_MS);
            dora.awaitState(SOON_MS, "RELAY_LOST");
            workshop.awaitState(SOON_MS, "RELAY_LOST");
            int doraLines = dora.lines();
            int workshopLines = workshop.lines();
            try (TestRelay again = relay.startAgain()) {
                dora.awaitStateAfter(doraLines, SOON_MS, "IN_CALL");
                workshop.awaitStateAfter(workshopLines, SOON_MS, "IN_CALL");
                dora.awaitEventAfter(
                        dora.lines(),
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -30);
                workshop.awaitEventAfter(
                        workshop.lines(),
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -30);
                CallProgress.requireKeys(2, dora, workshop);
                dora.type("quit");
                assertThat(workshop.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("PEER_LEFT");
            }
        }
    }

    /** As a program of version 0.1, which offers neither feature nor fingerprint. */
    @Test
    void shouldWarnOfAnOldProgramOrRefuseIt() throws Exception {
        try (TestRelay relay = TestRelay.start();
                V2Peer old = V2Peer.signIn("127.0.0.3", relay.control(), V2Identity.create("old"), "old")) {
            String[] plain = Arrays.stream(relay.v2Call("dora", "old", MUTE))
                    .filter(word -> !word.equals("--json"))
                    .toArray(String[]::new);
            try (VoiptuiProcess call = as("dora", plain)) {
                old.answer("opus");
                Deadline.require(
                        SOON_MS,
                        call::toString,
                        () -> call.err().stream()
                                .anyMatch(line -> line.contains("warning: NOT ENCRYPTED (old program)")));
                call.type("quit");
                call.awaitExit(SOON_MS);
            }
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "old", with(MUTE, "--require-encryption")))) {
                old.answer("opus");
                assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("NOT_ENCRYPTED");
            }
            try (VoiptuiProcess phone =
                    as("dora", relay.phone("dora", with(MUTE, "--no-ring", "--require-encryption")))) {
                phone.awaitEvent(SOON_MS, "signed_in", event -> true);
                String number = old.call("dora", "opus");
                phone.awaitEvent(SOON_MS, "unencrypted_refused", event -> true);
                JsonObject ended = old.await(
                        "ended", event -> event.get("call").getAsString().equals(number));
                assertThat(ended.get("why").getAsString()).isEqualTo("not-encrypted");
            }
        }
    }

    @Test
    void shouldCallAClassicClientByAddress() throws Exception {
        try (TestRelay relay = TestRelay.start();
                ClassicPeer program = new ClassicPeer("127.0.0.7", relay.control(), relay.media());
                VoiptuiProcess call =
                        as("dora", relay.v2Call("dora", "127.0.0.7", with(TONE, "--bind", "127.0.0.6")))) {
            call.awaitState(SOON_MS, "WAITING");
            assertThat(program.hello("127.0.0.6")).isEqualTo("WELCOME");
            JsonObject connected = call.awaitEvent(SOON_MS, "connected", event -> true);
            assertThat(connected.get("packets").getAsString()).isEqualTo("classic");
            assertThat(connected.get("codec").getAsString()).isEqualTo("pcm");
            int[] sequence = {0};
            Deadline.require(SOON_MS, () -> "a classic packet each way", () -> {
                program.send(ClassicPeer.packet(sequence[0]++));
                return program.receive(20)
                                .filter(packet -> packet.length == ClassicPeer.PACKET_BYTES)
                                .isPresent()
                        && sequence[0] > 20;
            });
            call.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -40);
            program.send(ClassicPeer.endOfTransmission());
            assertThat(call.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
        }
    }

    @Test
    void shouldRingWhenAClassicClientCalls() throws Exception {
        try (TestRelay relay = TestRelay.start();
                ClassicPeer program = new ClassicPeer("127.0.0.7", relay.control(), relay.media());
                VoiptuiProcess phone =
                        as("dora", relay.phone("dora", with(TONE, "--no-ring", "--bind", "127.0.0.6")))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            assertThat(program.hello("127.0.0.6")).isEqualTo("WELCOME");
            assertThat(phone.awaitEvent(SOON_MS, "incoming", event -> true)
                            .get("from")
                            .getAsString())
                    .isEqualTo("127.0.0.7");
            phone.type("accept");
            phone.awaitState(SOON_MS, "IN_CALL");
            int[] sequence = {0};
            Deadline.require(SOON_MS, () -> "a classic packet", () -> {
                program.send(ClassicPeer.packet(sequence[0]++));
                return program.receive(20)
                        .filter(packet -> packet.length == ClassicPeer.PACKET_BYTES)
                        .isPresent();
            });
        }
    }
}
