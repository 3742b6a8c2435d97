package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.identity.Fingerprint;
import voiptui.net.IpText;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;
import voiptui.time.NanoClock;

/**
 * What a signed-in client costs the relay; see {@code src/test/bench/sign-in.sh}. Three programs: {@code relay PORT STATE_DIR}
 * serves until it is killed; {@code clients PORT STATE_DIR NUMBER THREADS} assigns so many names and signs them in, each from an
 * address of its own and after a whole handshake, says how long that took, and holds them until its standard input ends;
 * {@code classic} with the same arguments registers classic clients, which need no connection.
 */
public final class SignInBench {

    private static final int MAX_CLIENTS = 200_000;
    /** After this time, a relay has noticed that the file of names has changed. */
    private static final int NOTICED_S = 5;
    /** The longest interval that a client may ask for: nobody pings here, and nobody is to go for that. */
    private static final int HEARTBEAT_MS = 60_000;

    private static final int CLASSIC_PORT = 40_000;

    private SignInBench() {}

    /** Runs one of the two. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("relay")) {
            serve(port, Path.of(arguments[2]));
        } else if (arguments[0].equals("classic")) {
            register(new InetSocketAddress("127.0.0.1", port), Integer.parseInt(arguments[3]));
        } else {
            signIn(
                    new InetSocketAddress("127.0.0.1", port),
                    Path.of(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        }
    }

    private static void serve(int port, Path stateDir) throws IOException {
        RelayConfig config = RelayConfig.defaults(stateDir)
                .listeningOn(InetAddress.getByName("127.0.0.1"), port, port)
                .withLimits(MAX_CLIENTS, RelayConfig.ClassicTimes.DEFAULT);
        EventBus bus = new EventBus();
        Subscription events = bus.subscribe();
        ConnectionLimits limits = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 600_000),
                new ConnectionLimits.Handshakes(20, 300, 100, 30, 60_000, 4_096));
        Relay relay = Relay.start(
                config,
                new DescriptorBudget(4_096, 4_096, limits),
                V2Service.of(config, bus, NanoClock.SYSTEM),
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

    private static void signIn(InetSocketAddress relay, Path stateDir, int clients, int threads) throws Exception {
        List<SSLContext> contexts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            TestCertificate certificate = TestCertificate.make();
            contexts.add(RawTlsClient.contextOf(certificate));
            for (int i = thread; i < clients; i += threads) {
                names.add("phone" + i + " "
                        + Fingerprint.of(certificate.certificate()).text());
            }
        }
        Files.write(stateDir.resolve("names"), names);
        TimeUnit.SECONDS.sleep(NOTICED_S);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<RawTlsClient> held = new ArrayList<>();
        List<Future<List<RawTlsClient>>> parts = new ArrayList<>();
        long beginNs = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            SSLContext context = contexts.get(i);
            int first = i;
            context.getClientSessionContext().setSessionTimeout(1);
            parts.add(pool.submit(() -> signIn(relay, first, threads, clients, context)));
        }
        for (Future<List<RawTlsClient>> part : parts) {
            held.addAll(part.get());
        }
        report(held.size(), beginNs);
    }

    private static void register(InetSocketAddress relay, int clients) throws IOException {
        long beginNs = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            String from = addressOf(i);
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(from, 0));
                socket.connect(relay);
                socket.getOutputStream()
                        .write(new ClassicRequest.Hello(
                                        CLASSIC_PORT, IpText.parse(from).orElseThrow())
                                .wire());
                socket.shutdownOutput();
                String answer = new String(
                        socket.getInputStream().readNBytes(ClassicReply.MAX_BYTES), StandardCharsets.US_ASCII);
                if (!answer.equals(ClassicReply.WELCOME.name())) {
                    throw new IOException("the relay answered '" + answer + "' to client " + i);
                }
            }
        }
        report(clients, beginNs);
    }

    /** Says how many clients there are, and waits until the standard input ends. */
    private static void report(int clients, long beginNs) throws IOException {
        System.out.printf("%d signed in, %.0f a second%n", clients, clients * 1e9 / (System.nanoTime() - beginNs));
        while (System.in.read() >= 0) {
            // held
        }
        System.exit(0);
    }

    private static String addressOf(int client) {
        return "127." + client / 62_500 + "." + (1 + client / 250 % 250) + "." + (1 + client % 250);
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
            InetSocketAddress relay, int first, int step, int clients, SSLContext context) throws IOException {
        List<RawTlsClient> mine = new ArrayList<>();
        for (int i = first; i < clients; i += step) {
            // A ticket is for the same host and port: from the context's point of view each is another relay.
            context.getClientSessionContext().setSessionCacheSize(1);
            RawTlsClient peer = connect(addressOf(i), relay, context);
            peer.say("{'type':'hello','version':2,'name':'phone" + i + "','instance':'" + "%016x".formatted(i)
                    + "','heartbeatMs':" + HEARTBEAT_MS + ",'answers':true}");
            if (!peer.hear().get("type").getAsString().equals("welcome")) {
                throw new IOException("phone" + i + " is not welcome");
            }
            mine.add(peer);
        }
        return mine;
    }
}
