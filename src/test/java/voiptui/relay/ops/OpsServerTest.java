package voiptui.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.relay.call.ActiveCalls;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.RegistrarFixture;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.directory.Directory;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.SessionHandler;
import voiptui.relay.session.SessionChannel;

/** Server and client over a real socket. */
class OpsServerTest {

    private static final String ONE = RegistrarFixture.fingerprint("one");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final Map<String, List<String>> online = Map.of("dora", List.of("192.0.2.1:5000"));
    private Directory directory;
    private OpsServer server;
    private final List<Drain> drains = new ArrayList<>();

    /** Knows who is online, and nothing else. */
    private final class Sessions implements SessionHandler {

        @Override
        public Map<String, List<String>> online() {
            return online;
        }

        @Override
        public int expel(String name) {
            return online.getOrDefault(name, List.of()).size();
        }

        @Override
        public Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel channel) {
            return Optional.empty();
        }

        @Override
        public void onMessage(ClientSession session, ClientMessage message) {}

        @Override
        public void onTunnelled(ClientSession session, byte[] datagram) {}

        @Override
        public void onDisconnected(ClientSession session, SessionChannel channel) {}

        @Override
        public void onBound(long sessionId, InetSocketAddress source) {}

        @Override
        public void sweep() {}

        @Override
        public ActiveCalls.Load load() {
            return ActiveCalls.Load.NONE;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public void drain(Drain how) {}

        @Override
        public boolean hasCalls() {
            return false;
        }

        @Override
        public void stop() {}

        @Override
        public List<RelayEvent.ClientStatus> statuses() {
            return List.of();
        }
    }

    /** Stands for the relay, which begins to stop once only. */
    private boolean drain(Drain how) {
        return drains.add(how) && drains.size() == 1;
    }

    @BeforeEach
    void start() throws IOException {
        start(folder, Map.of());
    }

    private void start(Path stateDir, Map<String, String> environment) throws IOException {
        directory = Directories.open(stateDir, AccessPolicy.OPEN);
        server = OpsServer.start(
                stateDir,
                environment,
                new OperatorCommands(directory, new Sessions(), List::of, Runnable::run, this::drain),
                warnings::add);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OpsReply ask(String... words) throws IOException {
        return OpsClient.ask(folder, List.of(words)).orElseThrow();
    }

    @Test
    void shouldListNamesWithTheirOwnersAndWhoIsOnline() throws IOException {
        directory.register("dora", ONE, IpText.parse("192.0.2.1").orElseThrow());
        directory.lastSeen().note("dora", 77);

        assertThat(ask("allow", ONE, "Attic").lines()).containsExactly("ADDED");
        assertThat(ask("names").lines().stream().flatMap(line -> NameStatus.parse(line).stream()))
                .containsExactly(
                        new NameStatus("attic", ONE, false, 0, List.of()),
                        new NameStatus("dora", ONE, true, 77, List.of("192.0.2.1:5000")));
    }

    @Test
    void shouldRemoveKickBlockAndUnblock() throws IOException {
        ask("allow", ONE, "attic");

        assertThat(ask("remove", "attic").count()).isEqualTo(1);
        assertThat(ask("remove", "attic").count()).isZero();
        assertThat(ask("kick", "dora").count()).isEqualTo(1);
        assertThat(ask("kick", "attic").count()).isZero();
        assertThat(ask("block", "192.0.2.0/24").count()).isEqualTo(1);
        assertThat(directory.isBlocked(IpText.parse("192.0.2.9").orElseThrow())).isTrue();
        assertThat(ask("unblock", "192.0.2.0/24").count()).isEqualTo(1);
        assertThat(ask("block", ONE).count()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("blocked"))).isEqualTo(ONE + "\n");
    }

    @Test
    void shouldReadAgainOnRequest() throws IOException {
        Files.writeString(folder.resolve("names"), "hall " + ONE + "\n");
        assertThat(ask("reload").isDone()).isTrue();

        assertThat(directory.names().names()).containsExactly("hall");
    }

    @Test
    void shouldTellThatItAnswers() throws IOException {
        assertThat(ask("status").lines()).containsExactly("serving, 0 clients of v2");
    }

    @Test
    void shouldBeginToStopOnce() throws IOException {
        assertThat(ask("drain", "30000", "two.example:8888").count()).isEqualTo(1);
        assertThat(ask("drain", "5", "-").count()).isZero();
        assertThat(ask("drain", "soon", "-").isDone()).isFalse();
        assertThat(drains).containsExactly(new Drain("two.example:8888", 30_000), new Drain(null, 5));
    }

    @Test
    void shouldSayWhyAChangeFailed() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("blocked"));

        assertThat(ask("block", ONE).failure()).contains("cannot read " + inTheWay);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "names please", "remove", "block dora", "remove ../x", "allow x dora", "\u00ff\u0000"
            })
    void shouldRefuseOtherRequests(String request) throws IOException {
        assertThat(ask(request.split(" ")).isDone()).isFalse();
        assertThat(ask("names").isDone()).as("still there").isTrue();
    }

    @Test
    void shouldCloseAConnectionThatSendsTooMuch() throws IOException {
        try (SocketChannel flood = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
            flood.write(ByteBuffer.wrap("x".repeat(10_000).getBytes(StandardCharsets.US_ASCII)));
            assertThat(ask("names").isDone()).isTrue();
        }
    }

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        assertThat(server.socket()).isEqualTo(folder.toAbsolutePath().resolve("control.sock"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveNothingBehindAndSayThatNoRelayRuns() throws IOException {
        server.close();

        try (var left = Files.list(folder)) {
            assertThat(left).extracting(Path::getFileName).containsExactly(Path.of(".names-dated"));
        }
        assertThat(OpsClient.ask(folder, List.of("names"))).isEmpty();
    }

    @Test
    void shouldNotSayThatNoRelayRunsWhereThatCannotBeSeen() throws IOException {
        Path stateDir = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> OpsClient.ask(stateDir, List.of("names")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot use " + stateDir);
    }

    @Test
    void shouldReplaceTheSocketOfAKilledRelay() throws IOException {
        server.close();
        Path socket = server.socket();
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        assertThat(OpsClient.ask(folder, List.of("names"))).isEmpty();

        start();
        assertThat(ask("names").isDone()).isTrue();
    }

    @Test
    void shouldGoElsewhereWhereThePathIsTooLong() throws IOException {
        server.close();
        Path stateDir = Files.createDirectories(folder.resolve("d".repeat(100)));
        Path runtime = Files.createDirectory(folder.resolve("run"));
        start(stateDir, Map.of("XDG_RUNTIME_DIR", runtime.toString()));

        assertThat(server.socket().startsWith(stateDir)).isFalse();
        assertThat(OpsClient.ask(stateDir, List.of("names")).orElseThrow().isDone())
                .isTrue();
        Path used = server.socket().getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(used)))
                .isEqualTo("rwx------");

        server.close();
        assertThat(used).doesNotExist();
        assertThat(stateDir.resolve("control.path")).doesNotExist();
        assertThat(OpsClient.ask(stateDir, List.of("names"))).isEmpty();
    }

    @Test
    void shouldNotStartWhereThereIsNoPlace() {
        assertThatThrownBy(() -> OpsServer.start(
                        folder.resolve("missing/".repeat(30)),
                        Map.of(),
                        new OperatorCommands(directory, new Sessions(), List::of, Runnable::run, this::drain),
                        warnings::add))
                .isInstanceOf(IOException.class);
    }
}
