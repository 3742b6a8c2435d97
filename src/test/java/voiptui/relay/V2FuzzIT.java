package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.RelayEvent;
import voiptui.relay.V2RelayHarness.Phone;
import voiptui.relay.control.ConnectionLimits;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.RawMediaClient;
import voiptui.testkit.RawTlsClient;

/** Reproducible malformed input during a v2 call and a classic call; as much as {@link FuzzScale} tells. */
@Timeout(600)
class V2FuzzIT {

    private static final long SEED = 20_260_102L;
    private static final int CONNECTIONS = FuzzScale.of(100);
    /** Connections open at a time. */
    private static final int OPEN = 100;

    private static final int FRAMES = FuzzScale.of(1_000);
    private static final int DATAGRAMS = FuzzScale.of(20_000);
    private static final long PACKET_NS = 20_000_000L;
    private static final long PATIENCE_MS = V2RelayHarness.PATIENCE_MS;
    /** Nobody is turned away: all of it is to be looked at. The calls do not ping meanwhile. */
    private static final ConnectionLimits PATIENT = new ConnectionLimits(
            new ConnectionLimits.Timeouts(20_000, 20_000, 900_000),
            new ConnectionLimits.Handshakes(100_000, 100_000, 100_000, 100_000, 1_000, 4_096));

    private interface Attack {
        void run(V2RelayHarness relay, Random random, CountedFlood flood) throws IOException;
    }

    private static void whileCallsGoOn(Attack attack) throws Exception {
        try (V2RelayHarness relay = V2RelayHarness.start(PATIENT);
                BackgroundCall classic = BackgroundCall.begin(relay.harness, "127.0.0.8", "127.0.0.9")) {
            Phone a = relay.boundPhone("127.0.0.2", "anna");
            Phone b = relay.boundPhone("127.0.0.3", "bert");
            relay.call(a, "bert");
            Call call = new Call(a.udp(), b.udp());
            call.start();
            CountedFlood flood = new CountedFlood(relay.harness, () -> call.sent + classic.sent());
            attack.run(relay, new Random(SEED), flood);
            call.assertNothingLost();
            classic.assertNothingLost();
            flood.assertAllCounted();
            relay.awaitPong(a);
            relay.awaitPong(b);
            assertThat(relay.harness.events()).noneMatch(event -> event instanceof RelayEvent.Warning);
        }
    }

    /** A call of two that are bound, at 50 packets a second each way. */
    private static final class Call extends Thread {
        private final RawMediaClient a;
        private final RawMediaClient b;
        private volatile boolean stopping;
        private volatile int sent;
        private volatile int arrived;

        Call(RawMediaClient a, RawMediaClient b) {
            super("v2-call");
            this.a = a;
            this.b = b;
        }

        @Override
        public void run() {
            long nextNs = System.nanoTime();
            for (int sequence = 0; !stopping; sequence++) {
                byte[] packet = ClassicPeer.packet(sequence, 120);
                packet[0] = (byte) 0x80;
                a.send(packet);
                b.send(packet);
                sent += 2;
                arrived += b.receiveMedia(PATIENCE_MS)
                                .filter(got -> Arrays.equals(got, packet))
                                .isPresent()
                        ? 1
                        : 0;
                arrived += a.receiveMedia(PATIENCE_MS)
                                .filter(got -> Arrays.equals(got, packet))
                                .isPresent()
                        ? 1
                        : 0;
                nextNs += PACKET_NS;
                LockSupport.parkNanos(nextNs - System.nanoTime());
            }
        }

        void assertNothingLost() throws InterruptedException {
            stopping = true;
            join(2 * PATIENCE_MS);
            assertThat(arrived)
                    .as("packets that arrived of %d", sent)
                    .isEqualTo(sent)
                    .isPositive();
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldSurviveMalformedTls() throws Exception {
        byte[] hello = recordedClientHello();
        whileCallsGoOn((relay, random, flood) -> {
            Deque<Socket> open = new ArrayDeque<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                byte[] bytes = hello.clone();
                for (int flips = random.nextInt(8); flips > 0; flips--) {
                    bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
                }
                if (random.nextBoolean()) {
                    bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 200));
                }
                Socket socket = relay.classic("127.0.1." + (1 + i % 200)).connect();
                if (open.size() == OPEN) {
                    open.remove().close();
                }
                open.add(socket);
                try {
                    socket.getOutputStream().write(bytes);
                    socket.getOutputStream().write(randomBytes(random, random.nextInt(2_000)));
                    if (random.nextInt(3) == 0) {
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                } catch (IOException refused) {
                    // closed by the relay already
                }
            }
            for (Socket socket : open) {
                socket.close();
            }
        });
    }

    /** What a client says first, taken from one by a server that only listens. */
    private static byte[] recordedClientHello() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SSLContext context = RawTlsClient.contextOf(V2RelayHarness.CLIENT);
            Thread client = new Thread(() -> {
                try {
                    RawTlsClient.connect("127.0.0.1", (InetSocketAddress) server.getLocalSocketAddress(), context);
                } catch (IOException closed) {
                    // as it must be
                }
            });
            client.start();
            try (Socket socket = server.accept()) {
                byte[] bytes = new byte[4_096];
                int length = socket.getInputStream().read(bytes);
                return Arrays.copyOf(bytes, length);
            } finally {
                client.join();
            }
        }
    }

    @Test
    void shouldSurviveMalformedFrames() throws Exception {
        whileCallsGoOn((relay, random, flood) -> {
            SSLContext context = RawTlsClient.contextOf(V2RelayHarness.CLIENT);
            RawTlsClient peer = null;
            int signedIn = 0;
            for (int i = 0; i < FRAMES; i++) {
                try {
                    if (peer == null) {
                        peer = RawTlsClient.connect("127.0.0.66", relay.harness.relay.controlAddress(), context);
                        if (random.nextInt(4) > 0) {
                            peer.hello("mallory" + signedIn++);
                        }
                    }
                    peer.write(mutate(random));
                    if (random.nextInt(20) == 0) {
                        peer.reset();
                    }
                } catch (IOException closed) {
                    peer.close();
                    peer = null;
                }
            }
            if (peer != null) {
                peer.close();
            }
            assertThat(signedIn).as("times that it had to come again").isGreaterThan(FRAMES / 150);
        });
    }

    private static byte[] mutate(Random random) {
        String[] messages = {
            "{\"type\":\"ping\",\"id\":1}",
            "{\"type\":\"watch\"}",
            "{\"type\":\"media\",\"via\":\"tcp\",\"after\":3}",
            "{\"type\":\"bye\"}",
            "{\"type\":\"reject\",\"call\":\"0123456789abcdef0123456789abcdef\"}"
        };
        byte[] frame = switch (random.nextInt(5)) {
            case 0 -> RawTlsClient.frame(1, randomBytes(random, random.nextInt(2_201)));
            case 1 -> randomBytes(random, random.nextInt(100));
            default ->
                RawTlsClient.frame(0, messages[random.nextInt(messages.length)].getBytes(StandardCharsets.US_ASCII));
        };
        if (random.nextInt(4) == 0 && frame.length > 0) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }

    @Test
    void shouldSurviveMalformedBinds() throws Exception {
        whileCallsGoOn((relay, random, flood) -> {
            RawMediaClient own = relay.boundPhone("127.0.0.66", "mallory").udp();
            RawMediaClient elsewhere = relay.keep(own.roam("127.0.0.67"));
            flood.begin();
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] bind = own.request(
                        64 + random.nextInt(200),
                        own.session(),
                        1 + random.nextInt(i + 100),
                        random.nextLong(),
                        random.nextInt(256));
                for (int flips = random.nextInt(3); flips > 0; flips--) {
                    bind[random.nextInt(bind.length)] ^= (byte) (1 << random.nextInt(8));
                }
                if (random.nextInt(5) == 0) {
                    bind = Arrays.copyOf(bind, random.nextInt(2_300));
                }
                (i % 2 == 0 ? own : elsewhere).send(bind);
                flood.onSent();
            }
            Optional<byte[]> answer = elsewhere.receive(0);
            while (answer.isPresent()) {
                assertThat(answer.get()[28])
                        .as("never active where no cookie was shown")
                        .isZero();
                answer = elsewhere.receive(0);
            }
        });
    }
}
