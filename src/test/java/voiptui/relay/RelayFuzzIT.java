package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.RelayEvent;
import voiptui.testkit.ClassicPeer;

/** Reproducible malformed input during a call, which must lose nothing; as much as {@link FuzzScale} tells. */
@Timeout(600)
class RelayFuzzIT {

    private static final int MESSAGES = FuzzScale.of(4_000);
    private static final int DATAGRAMS = FuzzScale.of(20_000);
    private static final int THREADS = 4;
    private static final long SEED = 20_240_617L;
    private static final Set<String> ANSWERS = Set.of("", "WELCOME", "FULL", "INVALID", "ALIVE", "BYE");

    @Test
    void shouldSurviveMalformedControlMessages() throws Exception {
        try (RelayHarness harness = RelayHarness.start();
                BackgroundCall call = BackgroundCall.begin(harness, "127.0.0.2", "127.0.0.3")) {
            ExecutorService senders = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < THREADS; part++) {
                Random random = new Random(SEED + part);
                parts.add(senders.submit(() -> sendMessages(harness.relay.controlAddress(), random)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
            senders.shutdown();
            call.assertNothingLost();
            assertThat(harness.peer("127.0.0.4").heartbeat()).isEqualTo("ALIVE");
            assertThat(harness.events()).noneMatch(event -> event instanceof RelayEvent.Warning);
        }
    }

    private static Void sendMessages(InetSocketAddress relay, Random random) throws IOException {
        for (int i = 0; i < MESSAGES / THREADS; i++) {
            byte[] message = mutate(random);
            try (Socket socket = new Socket()) {
                // Reset at the end, so that no port is kept in TIME_WAIT.
                socket.setSoLinger(true, 0);
                socket.bind(new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + i % 250)}), 0));
                socket.connect(relay);
                socket.getOutputStream().write(message);
                if (random.nextInt(4) > 0) {
                    socket.shutdownOutput();
                    assertThat(ClassicPeer.readAll(socket))
                            .as("answer to %s", Arrays.toString(message))
                            .isIn(ANSWERS);
                }
            }
        }
        return null;
    }

    private static byte[] mutate(Random random) {
        byte[] message = switch (random.nextInt(4)) {
            case 0 -> "HEARTBEAT".getBytes(StandardCharsets.US_ASCII);
            case 1 -> "DISCONNECT".getBytes(StandardCharsets.US_ASCII);
            case 2 -> ClassicPeer.helloBytes(random.nextInt(70_000), "127.0.0." + random.nextInt(300));
            default -> randomBytes(random, random.nextInt(100));
        };
        if (random.nextBoolean()) {
            message = Arrays.copyOf(message, random.nextInt(message.length + 20));
        }
        for (int flips = random.nextInt(3); flips > 0 && message.length > 0; flips--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return message;
    }

    @Test
    void shouldSurviveMalformedDatagrams() throws Exception {
        try (RelayHarness harness = RelayHarness.start();
                BackgroundCall call = BackgroundCall.begin(harness, "127.0.0.2", "127.0.0.3")) {
            Random random = new Random(SEED);
            List<ClassicPeer> senders = List.of(
                    harness.peer("127.0.0.2"),
                    harness.peer("127.0.0.3"),
                    harness.peer("127.0.0.66"),
                    harness.peer("127.0.0.4"),
                    harness.peer("127.0.0.5"));
            assertThat(senders.get(3).hello("127.0.0.5")).isEqualTo("WELCOME");
            assertThat(senders.get(4).hello("127.0.0.4")).isEqualTo("WELCOME");
            CountedFlood flood = new CountedFlood(harness, call::sent);
            flood.begin();
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] datagram = switch (random.nextInt(4)) {
                    case 0 -> randomBytes(random, random.nextInt(8));
                    case 1 -> randomBytes(random, 2_190 + random.nextInt(20));
                    case 2 -> ClassicPeer.endOfTransmission();
                    default -> randomBytes(random, random.nextInt(3_000));
                };
                senders.get(i % senders.size()).send(datagram);
                flood.onSent();
            }
            call.assertNothingLost();
            flood.assertAllCounted();
            ClassicPeer a = harness.peer("127.0.0.6");
            ClassicPeer b = harness.peer("127.0.0.7");
            assertThat(a.hello("127.0.0.7")).isEqualTo("WELCOME");
            assertThat(b.hello("127.0.0.6")).isEqualTo("WELCOME");
            a.send(ClassicPeer.packet(1));
            assertThat(b.receive(RelayHarness.PATIENCE_MS)).hasValue(ClassicPeer.packet(1));
            assertThat(harness.events())
                    .noneMatch(event ->
                            event instanceof RelayEvent.Warning || event instanceof RelayEvent.ClassicSourceLearned);
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
