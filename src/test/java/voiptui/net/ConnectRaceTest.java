package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.time.NanoClock;

/** With sockets that do as they are told, so that no time has to pass but that between two attempts. */
@Timeout(30)
class ConnectRaceTest {

    private static final int LONG_MS = 20_000;
    private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress TWO = new InetSocketAddress("192.0.2.2", 2);
    private static final InetSocketAddress THREE = new InetSocketAddress("2001:db8::3", 3);

    private final Map<SocketAddress, IOException> failing = new HashMap<>();
    private final List<SocketAddress> silent = new CopyOnWriteArrayList<>();
    private final List<FakeSocket> sockets = new CopyOnWriteArrayList<>();

    private final class FakeSocket extends Socket {

        private final CountDownLatch closing = new CountDownLatch(1);
        private volatile SocketAddress address;
        private volatile boolean isClosed;

        FakeSocket() {
            sockets.add(this);
        }

        @Override
        public void bind(SocketAddress local) {
            // any will do
        }

        @Override
        public void connect(SocketAddress to, int timeoutMs) throws IOException {
            address = to;
            if (silent.contains(to)) {
                try {
                    closing.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                throw new SocketException("closed");
            }
            if (failing.containsKey(to)) {
                throw failing.get(to);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            closing.countDown();
        }
    }

    private ConnectRace<FakeSocket> race(InetAddress bind) {
        return new ConnectRace<>(FakeSocket::new, bind, LONG_MS, NanoClock.SYSTEM);
    }

    private List<FakeSocket> leftOpen() {
        return sockets.stream().filter(socket -> !socket.isClosed).toList();
    }

    @Test
    void shouldTakeTheFirstAddressThatAnswers() throws Exception {
        FakeSocket winner = race(null).connect(List.of(ONE, TWO));

        assertThat(winner.address).isEqualTo(ONE);
        assertThat(sockets).containsExactly(winner);
        assertThat(winner.isClosed).isFalse();
    }

    @Test
    void shouldGoOnWhenAnAddressSaysNothing() throws Exception {
        silent.add(ONE);
        FakeSocket winner = race(null).connect(List.of(ONE, TWO));

        assertThat(winner.address).isEqualTo(TWO);
        assertThat(leftOpen()).containsExactly(winner);
    }

    @Test
    void shouldGoOnAtOnceWhenAnAddressRefuses() throws Exception {
        failing.put(ONE, new ConnectException("Connection refused"));
        failing.put(TWO, new SocketException("Network is unreachable"));
        FakeSocket winner = race(null).connect(List.of(ONE, TWO, THREE));

        assertThat(winner.address).isEqualTo(THREE);
        assertThat(leftOpen()).containsExactly(winner);
    }

    @Test
    void shouldSayWhatIsWrongWithEachAddress() {
        failing.put(ONE, new ConnectException("Connection refused"));
        failing.put(TWO, new SocketException("Network is unreachable"));
        failing.put(THREE, new SocketTimeoutException());

        assertThatThrownBy(() -> race(null).connect(List.of(ONE, TWO, THREE)))
                .isInstanceOfSatisfying(
                        ConnectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ConnectFailure.Kind.TIMED_OUT))
                .hasMessage("nothing listens on TCP 192.0.2.1:1; no route to 192.0.2.2:2;"
                        + " no answer from [2001:db8::3]:3 within 20000 ms");
        assertThat(leftOpen()).isEmpty();
    }

    @Test
    void shouldTellARefusalFromOtherFailures() {
        failing.put(ONE, new ConnectException("Connection refused"));
        failing.put(TWO, new ConnectException("Connection refused"));
        assertThatThrownBy(() -> race(null).connect(List.of(ONE, TWO)))
                .extracting(failure -> ((ConnectFailure) failure).kind())
                .isEqualTo(ConnectFailure.Kind.REFUSED);
        failing.put(TWO, new SocketException("Network is unreachable"));

        assertThatThrownBy(() -> race(null).connect(List.of(ONE, TWO)))
                .extracting(failure -> ((ConnectFailure) failure).kind())
                .isEqualTo(ConnectFailure.Kind.FAILED);
    }

    @Test
    void shouldEndTheWaitWhenItsThreadIsInterrupted() {
        silent.add(ONE);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> race(null).connect(List.of(ONE))).hasMessage("interrupted while connecting");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(leftOpen()).isEmpty();
    }

    @Test
    void shouldConnectNothingOnceClosed() {
        ConnectRace<FakeSocket> race = race(null);
        race.close();

        assertThatThrownBy(() -> race.connect(List.of(ONE))).hasMessage("closed");
        assertThat(leftOpen()).isEmpty();
    }

    @Test
    void shouldReachTheSecondAddressOfARealHost() throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            addresses.add((InetSocketAddress) gone.getLocalSocketAddress());
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            addresses.add((InetSocketAddress) server.getLocalSocketAddress());
            try (Socket socket = new ConnectRace<>(Socket::new, null, LONG_MS, NanoClock.SYSTEM).connect(addresses)) {
                assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
            }
        }
    }
}
