package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.net.TcpExchange.Outcome;
import voiptui.net.TcpExchange.Result;
import voiptui.time.NanoClock;

/** Uses a loopback server that accepts one connection. */
@Timeout(30)
class TcpExchangeTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LONG_MS = 20_000;

    private ServerSocket server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<String> asked = new AtomicReference<>();

    /** The server's side of the connection. */
    private interface Relay {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, LOOPBACK);
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        server.close();
    }

    private Result ask(int timeoutMs, Relay relay) {
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        socket.setTcpNoDelay(true);
                        byte[] question = socket.getInputStream().readNBytes(4);
                        asked.set(new String(question, StandardCharsets.US_ASCII));
                        relay.serve(socket);
                    } catch (IOException | InterruptedException gone) {
                        // the test is over
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
        return exchange(timeoutMs).ask(bytes("PING"));
    }

    private TcpExchange exchange(int timeoutMs) {
        return new TcpExchange(
                HostAddresses.of(new InetSocketAddress(LOOPBACK, server.getLocalPort())),
                LOOPBACK,
                timeoutMs,
                8,
                answer -> new String(answer, StandardCharsets.US_ASCII).equals("WHOLE"),
                address -> {},
                NanoClock.SYSTEM);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Result result) {
        return new String(result.answer(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReturnTheAnswer() {
        Result result = ask(LONG_MS, socket -> socket.getOutputStream().write(bytes("PONG")));

        assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(text(result)).isEqualTo("PONG");
        assertThat(asked.get()).isEqualTo("PING");
        assertThat(result.problem()).isEmpty();
        assertThat(result.connectNs()).isPositive();
        assertThat(result.answerNs()).isPositive();
    }

    @Test
    void shouldAskTheNextAddressWhereTheFirstRefuses() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        List<InetAddress> connectedTo = new CopyOnWriteArrayList<>();
        List<InetAddress> known = new CopyOnWriteArrayList<>();
        NameService names = host -> {
            threads.add(Thread.currentThread().getName());
            return List.of(InetAddress.getByName("127.0.0.3"), LOOPBACK);
        };
        HostAddresses host = new HostAddresses(new HostPort("relay.example", server.getLocalPort()), null, names);
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().readNBytes(4);
                        known.addAll(connectedTo);
                        socket.getOutputStream().write(bytes("WHOLE"));
                    } catch (IOException gone) {
                        // the test is over
                    }
                },
                "relay");
        thread.start();
        Result result = new TcpExchange(
                        host, null, LONG_MS, 8, answer -> answer.length == 5, connectedTo::add, NanoClock.SYSTEM)
                .ask(bytes("PING"));
        thread.join();

        assertThat(known).as("known before the request arrived").containsExactly(LOOPBACK);
        assertThat(threads).containsExactly("voiptui-resolve");
        assertThat(IpText.of(host.preferred())).isEqualTo("127.0.0.1:" + server.getLocalPort());
        assertThat(text(result)).isEqualTo("WHOLE");
    }

    @Test
    void shouldJoinAnAnswerThatArrivesInPieces() {
        Result result = ask(LONG_MS, socket -> {
            for (byte letter : bytes("WELCOME")) {
                socket.getOutputStream().write(letter);
                socket.getOutputStream().flush();
                Thread.yield();
            }
        });

        assertThat(text(result)).isEqualTo("WELCOME");
    }

    @Test
    void shouldFailWhenTheConnectionClosesWithoutAnAnswer() {
        Result result = ask(LONG_MS, socket -> {});

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.answer()).isEmpty();
        assertThat(result.problem()).isNotBlank();
    }

    @Test
    void shouldTimeOutWithoutAnAnswer() {
        Result result = ask(100, socket -> over.await());

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.problem()).isEqualTo("no answer within 100 ms");
    }

    @Test
    void shouldAcceptAnAnswerWhenTheConnectionStaysOpen() {
        Result result = ask(200, socket -> {
            socket.getOutputStream().write(bytes("ALIVE"));
            over.await();
        });

        assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(text(result)).isEqualTo("ALIVE");
    }

    @Test
    void shouldFailWhenTheConnectionIsReset() {
        Result result = ask(LONG_MS, socket -> socket.setSoLinger(true, 0));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.problem()).isNotBlank();
    }

    @Test
    void shouldLimitTheLengthOfTheAnswer() {
        Result result = ask(LONG_MS, socket -> {
            socket.getOutputStream().write(bytes("X".repeat(100_000)));
            over.await();
        });

        assertThat(text(result)).isEqualTo("XXXXXXXX");
    }

    @Test
    void shouldReportARefusedConnection() throws IOException {
        server.close();
        Result result = exchange(LONG_MS).ask(bytes("PING"));

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.problem()).isEqualTo("nothing listens on TCP 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void shouldReturnACompleteAnswerWithoutWaitingForTheClose() {
        Result result = ask(LONG_MS, socket -> {
            socket.getOutputStream().write(bytes("WHO"));
            socket.getOutputStream().write(bytes("LE"));
            over.await();
        });

        assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(result.answer()).isEqualTo(bytes("WHOLE"));
        assertThat(result.answerNs()).isLessThan(LONG_MS * NanoClock.NS_PER_MS);
    }

    @Test
    void shouldFailWhenTheLocalAddressIsNotOnThisMachine() throws IOException {
        TcpExchange fromElsewhere = new TcpExchange(
                HostAddresses.of(new InetSocketAddress(LOOPBACK, server.getLocalPort())),
                InetAddress.getByName("192.0.2.1"),
                LONG_MS,
                8,
                answer -> false,
                address -> {},
                NanoClock.SYSTEM);

        assertThat(fromElsewhere.ask(bytes("PING")).outcome()).isEqualTo(Outcome.FAILED);
    }
}
