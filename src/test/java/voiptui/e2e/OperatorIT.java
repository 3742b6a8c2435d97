package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Ports;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;

/** The operator's commands and signals, and a running relay. */
class OperatorIT {

    private static final long SOON_MS = 60_000;
    private static final String[] MUTE = {"--mic", "silence", "--speaker", "null", "--no-ring"};

    @TempDir
    private Path homes;

    private VoiptuiProcess phone(TestRelay relay, String who, String name) throws IOException {
        Path home = Files.createDirectories(homes.resolve(who));
        return VoiptuiProcess.start(home, Map.of("XDG_CONFIG_HOME", home.toString()), relay.phone(name, MUTE));
    }

    private static List<String> operate(TestRelay relay, int status, String... words) throws Exception {
        List<String> args = new ArrayList<>(List.of("relay"));
        args.addAll(List.of(words));
        args.addAll(List.of("--state-dir", relay.stateFolder().toString()));
        try (VoiptuiProcess command = VoiptuiProcess.start(args.toArray(String[]::new))) {
            assertThat(command.awaitExit(SOON_MS)).as(command.toString()).isEqualTo(status);
            return command.out();
        }
    }

    private static String signedIn(TestRelay relay, String name) {
        return relay.process()
                .awaitLog(
                        SOON_MS,
                        "client_signed_in",
                        event -> event.get("name").getAsString().equals(name))
                .get("fingerprint")
                .getAsString();
    }

    @Test
    void shouldTakeANameAwayFromASquatterAndKeepHimOut() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess squatter = phone(relay, "squatter", "cleo")) {
            String fingerprint = signedIn(relay, "cleo");
            assertThat(operate(relay, 0, "names"))
                    .singleElement()
                    .asString()
                    .startsWith("cleo  " + fingerprint + "  registered  signed in from 127.0.0.1:");

            operate(relay, 0, "remove", "cleo");
            assertThat(squatter.awaitExit(SOON_MS)).as(squatter.toString()).isEqualTo(4);
            assertThat(String.join("\n", squatter.out())).contains("this name was removed by the relay's operator");
            assertThat(relay.stateFolder().resolve("names")).isEmptyFile();

            operate(relay, 0, "block", fingerprint);
            try (VoiptuiProcess again = phone(relay, "squatter", "cleo")) {
                assertThat(again.awaitExit(SOON_MS)).isEqualTo(4);
                assertThat(String.join("\n", again.out())).contains("this certificate is blocked");
            }
            operate(relay, 1, "kick", "cleo");
        }
    }

    @Test
    void shouldReadItsFilesAgainAtSighupAndSurviveOtherSignals() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = phone(relay, "hall", "hall")) {
            signedIn(relay, "hall");
            relay.process().signal("USR1");
            relay.process().signal("USR2");
            Files.writeString(relay.stateFolder().resolve("blocked"), "127.0.0.5\n");
            Path names = relay.stateFolder().resolve("names");
            // The same thread writes both: the name is in its file by then.
            operate(relay, 0, "block", "192.0.2.1");
            assertThat(names).isNotEmptyFile();
            Files.writeString(names, "");
            relay.process().signal("HUP");

            relay.process().awaitLog(SOON_MS, "files_reread", event -> true);
            relay.process().awaitLog(SOON_MS, "client_expelled", event -> true);
            assertThat(phone.awaitExit(SOON_MS)).isEqualTo(4);
            try (ClassicPeer blocked = new ClassicPeer("127.0.0.5", relay.control(), relay.media());
                    ClassicPeer other = new ClassicPeer("127.0.0.6", relay.control(), relay.media())) {
                assertThat(blocked.hello("127.0.0.6")).isEqualTo("INVALID");
                assertThat(other.hello("127.0.0.5")).isEqualTo("WELCOME");
            }
            assertThat(relay.process().isAlive()).isTrue();
        }
    }

    @Test
    void shouldKeepASecondRelayOutOfItsStateDirectory() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess second = VoiptuiProcess.start(
                        "relay",
                        "--bind",
                        "127.0.0.1",
                        "--tcp-port",
                        Integer.toString(Ports.free("127.0.0.1")),
                        "--udp-port",
                        "0",
                        "--state-dir",
                        relay.stateFolder().toString())) {
            assertThat(second.awaitExit(SOON_MS)).isEqualTo(1);
            assertThat(second.err())
                    .containsExactly("voiptui relay: another relay (process "
                            + relay.process().pid() + ") uses the state directory " + relay.stateFolder()
                            + ": stop it, or choose another directory with --state-dir");

            relay.process().signal("KILL");
            relay.process().awaitExit(SOON_MS);
            try (TestRelay next = relay.startAgain()) {
                assertThat(operate(next, 0, "names")).isEmpty();
            }
        }
    }

    @Test
    void shouldTakeOverANewIdentityWithoutAQuestionAndSendPhonesElsewhere() throws Exception {
        try (TestRelay relay = TestRelay.start();
                TestRelay other = TestRelay.start();
                VoiptuiProcess first = phone(relay, "hall", "hall")) {
            signedIn(relay, "hall");
            operate(relay, 0, "new-identity");
            relay.process().signal("HUP");
            relay.process().awaitLog(SOON_MS, "files_reread", event -> true);
            assertThat(first.isAlive()).as("nobody is disconnected").isTrue();
            first.signal("TERM");
            first.awaitExit(SOON_MS);
            try (VoiptuiProcess visit = phone(other, "hall", "hall")) {
                signedIn(other, "hall");
                visit.signal("TERM");
                visit.awaitExit(SOON_MS);
            }

            try (VoiptuiProcess second = phone(relay, "hall", "hall")) {
                second.awaitEvent(SOON_MS, "relay_succeeded", event -> true);
                second.awaitEvent(SOON_MS, "signed_in", event -> true);
                String elsewhere = "127.0.0.1:" + other.control().getPort();
                operate(relay, 0, "drain", "--within", "1h", "--to", elsewhere);

                second.awaitEvent(
                        SOON_MS,
                        "relay_changed",
                        event -> event.get("to").getAsString().equals(elsewhere));
                other.process()
                        .awaitLog(
                                SOON_MS,
                                "client_signed_in",
                                event -> event.get("clients").getAsInt() == 1);
                assertThat(relay.process().awaitExit(SOON_MS)).isZero();
            }
        }
    }
}
