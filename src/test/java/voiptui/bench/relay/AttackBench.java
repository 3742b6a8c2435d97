package voiptui.bench.relay;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import voiptui.bench.LightPhone;
import voiptui.bench.PhoneMedia;
import voiptui.bench.ProcessMeter;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.testkit.Deadline;

/**
 * Attacks a relay while a call goes through it, phones wait on it, and newcomers sign in.
 *
 * <p>Run by {@code src/test/bench/attack.sh}; arguments: the relay's PID, HOST and TCP_PORT, the SECONDS of each attack, the
 * number of PHONES, then the attacks ({@link #attack}). Exits with 1 when an attack cost the call {@value #MAX_LOSS_PERCENT} %
 * of its packets, one in a hundred took longer than {@value #MAX_P99_MS} ms, or a newcomer was not signed in within
 * {@value #MAX_SIGN_IN_MS} ms, during the attack or right after it.
 */
public final class AttackBench {

    static final int TURN_MS = 10;

    private static final double MAX_LOSS_PERCENT = 0.1;
    private static final double MAX_P99_MS = 50;
    private static final double MAX_SIGN_IN_MS = 2_000;
    private static final long PATIENCE_S = 30;
    private static final int NEWCOMER_TURNS = 200;
    private static final int PING_TURNS = 50;
    private static final int SETTLE_MS = 500;

    private final ProcessMeter relayProcess;
    private final InetSocketAddress relay;
    private final int seconds;
    private final int phones;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup attackLoops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<LightPhone> clients = new ArrayList<>();
    private final List<Double> signInsMs = new ArrayList<>();
    private final List<Newcomer> newcomersPending = new ArrayList<>();
    private LightPhone caller;
    private int newcomers;
    private int failed;

    private record Newcomer(LightPhone client, long beganNs, long[] welcomedNs) {}

    private AttackBench(String[] arguments) {
        relayProcess = new ProcessMeter(Long.parseLong(arguments[0]));
        relay = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        seconds = Integer.parseInt(arguments[3]);
        phones = Integer.parseInt(arguments[4]);
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        AttackBench bench = new AttackBench(arguments);
        boolean passed = true;
        print(
                "machine: %d processors, load average %.1f",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try (PhoneMedia media = new PhoneMedia(50, 72, false);
                PhoneMedia accomplices = new PhoneMedia(50, 72, false)) {
            bench.beginCall(media);
            bench.signInPhones();
            bench.measure(new Calm(), media);
            for (int i = 5; i < arguments.length; i++) {
                try (Attack attack = bench.attack(arguments[i], accomplices)) {
                    passed &= bench.measure(attack, media);
                }
                passed &= bench.measure(new Calm(), media);
            }
        } catch (CompletionException | AssertionError problem) {
            System.out.println("failed: " + problem.getMessage());
            passed = false;
        } finally {
            print("verdict: %s", passed ? "passed" : "FAILED");
            bench.clients.forEach(LightPhone::close);
            bench.attackLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(PATIENCE_S, TimeUnit.SECONDS);
            bench.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(PATIENCE_S, TimeUnit.SECONDS);
        }
        System.exit(passed ? 0 : 1);
    }

    private Attack attack(String name, PhoneMedia accomplices) throws Exception {
        return switch (name) {
            case "handshakes-100" -> new HandshakeFlood(relay, 100, attackLoops);
            case "handshakes-1000" -> new HandshakeFlood(relay, 1_000, attackLoops);
            case "handshakes-4000" -> new HandshakeFlood(relay, 4_000, attackLoops);
            case "media" -> new MediaFlood(relay, attackLoops, accomplices);
            case "hello" -> new HelloFlood(relay, caller.from().getHostAddress(), attackLoops);
            case "watch" -> new WatchFlood(relay, attackLoops, true);
            case "slow-readers" -> new WatchFlood(relay, attackLoops, false);
            default -> throw new IllegalArgumentException("unknown attack '" + name + "'");
        };
    }

    private LightPhone newClient(String ip, String name, boolean watches) {
        LightPhone client = new LightPhone(IpText.parse(ip).orElseThrow(), name, watches);
        clients.add(client);
        client.signIn(loops, relay, Identity.create());
        return client;
    }

    private void beginCall(PhoneMedia media) throws Exception {
        caller = newClient("127.2.0.1", "caller", true);
        LightPhone callee = newClient("127.2.0.2", "callee", true);
        for (LightPhone side : List.of(caller, callee)) {
            side.welcome().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
            media.add(side, relay);
        }
        caller.call(callee.name());
        callee.connected().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        Deadline.require(PATIENCE_S * 1_000, () -> "both bound", () -> media.bound() == 2);
        media.talk(2);
    }

    private void signInPhones() {
        for (int i = 0; i < phones; i++) {
            newClient("127.1." + i / 250 + "." + (i % 250 + 1), "phone-" + i, true)
                    .welcome()
                    .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
                    .join();
        }
    }

    private boolean measure(Attack attack, PhoneMedia media) throws Exception {
        attack.prepare();
        signInsMs.clear();
        failed = 0;
        caller.clearPongs();
        media.talk(0);
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        media.clearDelays();
        long sent = media.sent();
        long received = media.received();
        double cpuMs = relayProcess.cpuMs();
        long beganNs = System.nanoTime();
        media.talk(2);
        run(attack);
        media.talk(0);
        double tookS = (System.nanoTime() - beganNs) / 1e9;
        cpuMs = relayProcess.cpuMs() - cpuMs;
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        sent = media.sent() - sent;
        double lostPercent = 100.0 * (sent - (media.received() - received)) / sent;
        double p99Ms = media.delays().percentileMs(99);
        double slowestMs =
                signInsMs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        media.talk(2);
        print(
                "%s: %s%n  call: %.3f %% of %d packets lost, %s; past the relay: p99 %.2f ms%n  newcomers: %d signed in, "
                        + "slowest %.0f ms, %d not; slowest ping of the caller %.0f ms%n  relay: %.0f %% of a core, %.0f MB resident",
                attack.name(),
                attack.done(tookS),
                lostPercent,
                sent,
                media.delays(),
                media.directDelays().percentileMs(99),
                signInsMs.size(),
                slowestMs,
                failed,
                caller.slowestPongMs(),
                cpuMs / tookS / 10,
                relayProcess.residentBytes() / 1048576.0);
        boolean passed =
                lostPercent < MAX_LOSS_PERCENT && p99Ms < MAX_P99_MS && failed == 0 && slowestMs < MAX_SIGN_IN_MS;
        print("  %s", passed ? "passed" : "FAILED");
        return passed;
    }

    private void run(Attack attack) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int turn = 1; endNs - System.nanoTime() > 0; turn++) {
            attack.turn();
            if (turn % PING_TURNS == 0) {
                caller.pingSoon();
            }
            if (turn % NEWCOMER_TURNS == NEWCOMER_TURNS / 2) {
                signInNewcomer();
            }
            TimeUnit.MILLISECONDS.sleep(TURN_MS);
        }
        TimeUnit.MILLISECONDS.sleep((long) MAX_SIGN_IN_MS);
        newcomersPending.forEach(this::judge);
        newcomersPending.clear();
    }

    private void signInNewcomer() {
        newcomers++;
        long[] welcomedNs = {0};
        long beganNs = System.nanoTime();
        LightPhone client =
                newClient("127.8." + newcomers / 250 + "." + (newcomers % 250 + 1), "newcomer-" + newcomers, true);
        client.welcome().thenRun(() -> welcomedNs[0] = System.nanoTime());
        newcomersPending.add(new Newcomer(client, beganNs, welcomedNs));
    }

    private void judge(Newcomer newcomer) {
        if (newcomer.client().welcome().isDone() && !newcomer.client().welcome().isCompletedExceptionally()) {
            signInsMs.add((newcomer.welcomedNs()[0] - newcomer.beganNs()) / 1e6);
        } else {
            failed++;
            newcomer.client()
                    .welcome()
                    .exceptionally(why -> {
                        print("  a newcomer was not welcomed: %s", why);
                        return null;
                    })
                    .isDone();
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** No attack, for comparison. */
    private static final class Calm implements Attack {

        @Override
        public String name() {
            return "calm";
        }

        @Override
        public void turn() {}

        @Override
        public String done(double seconds) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }

        @Override
        public void close() {}
    }
}
