package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.testkit.ScriptedRelay;
import voiptui.testkit.TestRelay;
import voiptui.testkit.V2Identity;
import voiptui.testkit.V2Peer;
import voiptui.testkit.VoiptuiProcess;

/** What programs of this and other versions agree on. */
@Execution(ExecutionMode.CONCURRENT)
class MediaFeaturesIT {

    private static final long SOON_MS = 20_000;
    private static final List<String> ALL = List.of("dtls-srtp", "dtx", "heal", "ptime", "red", "rtx", "text", "xr");
    private static final String[] SILENCE = {"--mic", "silence", "--speaker", "null"};
    private static final String[] AUTO_ANSWER = {"--mic", "silence", "--speaker", "null", "--auto-answer"};
    private static final String PEER_IP = "127.0.0.3";

    @TempDir
    private Path folder;

    private VoiptuiProcess as(String user, String... args) throws IOException {
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve(user).toString()), args);
    }

    @Test
    void shouldAgreeOnAllFeaturesOfThisVersion() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = as("workshop", relay.phone("workshop", AUTO_ANSWER))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            try (VoiptuiProcess call = as("dora", relay.v2Call("dora", "workshop", SILENCE))) {
                assertThat(features(connected(call))).isEqualTo(ALL);
                assertThat(features(connected(phone))).isEqualTo(ALL);
                call.awaitState(SOON_MS, "IN_CALL");
            }
        }
    }

    /** It neither sends nor expects the field. */
    @Test
    void shouldCallAPeerOfAnOlderVersion() throws Exception {
        try (TestRelay relay = TestRelay.start();
                V2Peer old = V2Peer.signIn(PEER_IP, relay.control(), V2Identity.create("old"), "old");
                VoiptuiProcess call = as("dora", relay.v2Call("dora", "old", SILENCE))) {
            assertThat(old.answer("opus").has("features")).isFalse();
            JsonObject connected = connected(call);
            assertThat(connected.get("codec").getAsString()).isEqualTo("opus");
            assertThat(features(connected)).isEmpty();
            assertThat(call.awaitEvent(SOON_MS, "encryption", event -> true)
                            .get("encryption")
                            .getAsString())
                    .isEqualTo("OLD_PROGRAM");
            call.awaitState(SOON_MS, "IN_CALL");
        }
    }

    @Test
    void shouldAnswerAPeerOfAnOlderVersion() throws Exception {
        try (TestRelay relay = TestRelay.start();
                V2Peer old = V2Peer.signIn(PEER_IP, relay.control(), V2Identity.create("old"), "old");
                VoiptuiProcess phone = as("workshop", relay.phone("workshop", AUTO_ANSWER))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            old.call("workshop", "opus");
            assertThat(old.await("connected").has("features")).isFalse();
            assertThat(features(connected(phone))).isEmpty();
        }
    }

    @Test
    void shouldAgreeWithAPeerOfANewerVersionOnWhatBothKnow() throws Exception {
        try (TestRelay relay = TestRelay.start();
                V2Peer newer = V2Peer.signIn(PEER_IP, relay.control(), V2Identity.create("newer"), "newer");
                VoiptuiProcess call = as("dora", relay.v2Call("dora", "newer", SILENCE))) {
            JsonObject incoming = newer.await("incoming");
            assertThat(features(incoming)).isEqualTo(ALL);
            newer.say(
                    "accept",
                    "call",
                    incoming.get("call").getAsString(),
                    "codecs",
                    List.of("opus"),
                    "features",
                    List.of("telepathy", "xr", "red"));
            assertThat(features(newer.await("connected"))).containsExactly("red", "xr");
            assertThat(features(connected(call))).containsExactly("red", "xr");
        }
    }

    /** Neither needs to be known to the relay. */
    @Test
    void shouldPassOnFeaturesOfNewerClients() throws Exception {
        try (TestRelay relay = TestRelay.start();
                V2Peer a = V2Peer.signIn("127.0.0.2", relay.control(), V2Identity.create("a"), "a");
                V2Peer b = V2Peer.signIn(PEER_IP, relay.control(), V2Identity.create("b"), "b")) {
            List<String> features = List.of("telepathy", "smell-o-vision");
            a.say("call", "call", "0".repeat(32), "to", "b", "codecs", List.of("opus"), "features", features);
            assertThat(features(b.await("incoming"))).containsExactlyInAnyOrderElementsOf(features);
            b.say("accept", "call", "0".repeat(32), "codecs", List.of("opus"), "features", features);
            assertThat(features(a.await("connected"))).containsExactlyInAnyOrderElementsOf(features);
            assertThat(features(b.await("connected"))).containsExactlyInAnyOrderElementsOf(features);
        }
    }

    /** The scripted relay passes on codecs only. */
    @Test
    void shouldCallThroughARelayOfAnOlderVersion() throws Exception {
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", V2Identity.create("relay"));
                VoiptuiProcess phone = as("workshop", through(relay, "workshop", "phone", AUTO_ANSWER))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            try (VoiptuiProcess call = as(
                    "dora",
                    through(relay, "dora", "call", "--target", "workshop", "--mic", "silence", "--speaker", "null"))) {
                assertThat(features(connected(call))).isEmpty();
                assertThat(features(connected(phone))).isEmpty();
                call.awaitState(SOON_MS, "IN_CALL");
                phone.awaitState(SOON_MS, "IN_CALL");
            }
        }
    }

    private static String[] through(ScriptedRelay relay, String name, String command, String... moreOptions) {
        String server = relay.address().getAddress().getHostAddress() + ":"
                + relay.address().getPort();
        return ClassicCallIT.with(
                new String[] {command, "--server", server, "--name", name, "--accept-new", "--plain", "--json"},
                moreOptions);
    }

    private static JsonObject connected(VoiptuiProcess process) {
        return process.awaitEvent(SOON_MS, "connected", event -> true);
    }

    private static List<String> features(JsonObject message) {
        return StreamSupport.stream(message.getAsJsonArray("features").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
