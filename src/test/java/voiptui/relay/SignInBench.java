package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.identity.Identity;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TemporaryFolder;
import voiptui.testkit.TestCertificate;
import voiptui.time.NanoClock;

/**
 * What a signed-in client costs the relay; see {@code src/test/bench/sign-in.sh}. Two programs: {@code relay PORT} serves
 * until it is killed; {@code clients PORT NUMBER THREADS} signs so many in, each from an address of its own and after a whole
 * handshake, says how long that took, and holds them until its standard input ends.
 */
public final class SignInBench {

    private static final int MAX_CLIENTS = 200_000;

    private SignInBench() {}

    /** Runs one of the two. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("relay")) {
            serve(port);
        } else {
            signIn(
                    new InetSocketAddress("127.0.0.1", port),
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]));
        }
    }

    private static void serve(int port) throws IOException {
        TestCertificate own = TestCertificate.make();
        RelayConfig config = RelayConfig.defaults(TemporaryFolder.untilExit("sign-in-bench"))
                .listeningOn(InetAddress.getByName("127.0.0.1"), port, port)
                .withLimits(MAX_CLIENTS, RelayConfig.ClassicTimes.DEFAULT);
        EventBus bus = new EventBus();
        Subscription events = bus.subscribe();
        // Nobody pings here, and nobody is to go for that.
        ConnectionLimits limits = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 600_000),
                new ConnectionLimits.Handshakes(20, 300, 100, 30, 60_000, 4_096));
        Relay relay = Relay.start(
                config,
                new DescriptorBudget(4_096, 4_096, limits),
                V2Service.of(new Identity(own.key(), own.certificate()), FakeSessionHandler::create),
                bus,
                NanoClock.SYSTEM);
        System.out.println("ready");
        while (true) {
            Event event = events.poll(1_000);
            if (event != null) {
                System.out.println(event);
                System.out.println(relay.counters().snapshot(Counter.Side.RELAY));
            }
        }
    }

    private static void signIn(InetSocketAddress relay, int clients, int threads) throws Exception {
        List<SSLContext> contexts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            contexts.add(RawTlsClient.contextOf(TestCertificate.make()));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<RawTlsClient> held = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        List<Future<List<RawTlsClient>>> parts = new ArrayList<>();
        long beginNs = System.nanoTime();
        for (SSLContext context : contexts) {
            context.getClientSessionContext().setSessionTimeout(1);
            parts.add(pool.submit(() -> signIn(relay, clients, next, context)));
        }
        for (Future<List<RawTlsClient>> part : parts) {
            held.addAll(part.get());
        }
        double seconds = (System.nanoTime() - beginNs) / 1e9;
        System.out.printf("%d signed in, %.0f a second%n", held.size(), held.size() / seconds);
        while (System.in.read() >= 0) {
            // held
        }
        System.exit(0);
    }

    /** The very first takes a cold machine longer than a relay waits. */
    private static RawTlsClient connect(String from, InetSocketAddress relay, SSLContext context) throws IOException {
        try {
            return RawTlsClient.connect(from, relay, context);
        } catch (IOException tooSlow) {
            return RawTlsClient.connect(from, relay, context);
        }
    }

    private static List<RawTlsClient> signIn(
            InetSocketAddress relay, int clients, AtomicInteger next, SSLContext context) throws IOException {
        List<RawTlsClient> mine = new ArrayList<>();
        for (int i = next.getAndIncrement(); i < clients; i = next.getAndIncrement()) {
            // A ticket is for the same host and port: from the context's point of view each is another relay.
            context.getClientSessionContext().setSessionCacheSize(1);
            RawTlsClient peer = connect("127.0." + (1 + i / 250) + "." + (1 + i % 250), relay, context);
            if (!peer.hello("phone" + i).get("type").getAsString().equals("welcome")) {
                throw new IOException("phone" + i + " is not welcome");
            }
            mine.add(peer);
        }
        return mine;
    }
}
