package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.net.HostAddresses;
import voiptui.session.RelayProbe.Finding;
import voiptui.session.SessionConfig;

class TrustQuestionTest {

    private static final Fingerprint SHOWN = new Fingerprint("SHA256:" + "s".repeat(43));
    private static final Fingerprint OTHER = new Fingerprint("SHA256:" + "o".repeat(43));
    private static final String RELAY = "relay.example:8888";
    private static final Identity OURSELVES = Identity.create();

    private final List<String> asked = new ArrayList<>();
    private int looks;

    @TempDir
    private Path folder;

    private SessionConfig config() {
        return new SessionConfig(
                new SessionConfig.Endpoint(
                        RELAY,
                        HostAddresses.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                        null,
                        0,
                        0),
                new SessionConfig.Timing(3, 2000, 0),
                new SessionConfig.Credentials("dora", false, OURSELVES, known(), false));
    }

    private KnownRelays known() {
        return new KnownRelays(folder.resolve("known_relays"));
    }

    private void ask(Finding finding, String... answers) throws CommandFailure {
        Deque<String> typed = new ArrayDeque<>(Arrays.asList(answers));
        TrustQuestion.ask(
                config(),
                question -> {
                    asked.add(question);
                    return typed.poll();
                },
                () -> {
                    looks++;
                    return finding;
                });
    }

    private static Finding secure() {
        return new Finding.Secure(SHOWN, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "y", " YES "})
    void shouldSaveARelayThatTheUserTrusts(String answer) throws Exception {
        ask(secure(), answer);

        assertThat(asked).hasSize(1).allMatch(question -> question.contains(RELAY) && question.contains(SHOWN.text()));
        assertThat(known().find(RELAY).get(0).fingerprint()).isEqualTo(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "n"})
    void shouldNotConnectToARelayThatTheUserDoesNotTrust(String answer) throws Exception {
        assertThatThrownBy(() -> ask(secure(), answer))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED));
        assertThat(known().find(RELAY)).isEmpty();
    }

    @Test
    void shouldRepeatTheQuestionUntilYesOrNo() throws Exception {
        ask(secure(), "", "maybe", "yes");

        assertThat(asked).hasSize(3);
        assertThat(known().find(RELAY)).hasSize(1);
    }

    @Test
    void shouldTreatEndOfInputAsNo() {
        assertThatThrownBy(() -> ask(secure())).isInstanceOf(CommandFailure.class);
    }

    @Test
    void shouldNotAskAboutAKnownRelay() throws Exception {
        known().add(RELAY, OTHER);

        ask(secure(), "yes");

        assertThat(asked).isEmpty();
        assertThat(looks).as("connections made to look at the relay").isZero();
        assertThat(known().find(RELAY).get(0).fingerprint()).isEqualTo(OTHER);
    }

    @Test
    void shouldNotAskWithoutACertificate() throws Exception {
        ask(new Finding.Classic(1));
        ask(new Finding.Unreachable("nothing listens"));
        ask(new Finding.Strange(1, "no TLS"));

        assertThat(asked).isEmpty();
    }
}
