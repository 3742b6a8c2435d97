package voiptui.bench.relay;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import voiptui.bench.LightPhone;
import voiptui.bench.PhoneMedia;
import voiptui.bench.ProcessMeter;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.testkit.Deadline;
import voiptui.time.RetryDelay;

/**
 * Measures one relay with many v2 clients that watch their contacts as phones do: sign-in rate, cost of idle clients, packet loss
 * and delay during calls, and how long all of them take to come back when the relay restarts.
 *
 * <p>Run by {@code src/test/bench/v2-load.sh}; arguments: the relay's PID, HOST and TCP_PORT, then CLIENTS, CALLS, and
 * the SECONDS to measure for. Each client has an address of its own in 127.0.0.0/8. The last line is the verdict; exits with 1 if
 * a client was refused or not back in time, or the calls lost {@value #MAX_LOSS_PERCENT} % of their packets or more.
 */
public final class V2Load {

    private static final int AT_ONCE = 32;
    private static final long PATIENCE_S = 120;
    private static final double MAX_LOSS_PERCENT = 0.1;
    /** Why a phone that was signed in before tries again; any other refusal ends it ({@code protocol.md}, section 3). */
    private static final Set<String> PASSING_REFUSALS = Set.of("full", "too-many", "internal");

    private final ProcessMeter relayProcess;
    private final ProcessMeter ownProcess =
            new ProcessMeter(ProcessHandle.current().pid());
    private final InetSocketAddress relay;
    private final int calls;
    private final int seconds;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<LightPhone> clients = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final long relayPid;
    private double signInsPerS;
    private double lostPercent;
    private double backS;

    private V2Load(String[] arguments) {
        relayPid = Long.parseLong(arguments[0]);
        relayProcess = new ProcessMeter(relayPid);
        relay = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            clients.add(new LightPhone(
                    IpText.parse("127.1." + i / 250 + "." + (i % 250 + 1)).orElseThrow(), "load-" + i, true));
        }
        calls = Integer.parseInt(arguments[4]);
        seconds = Integer.parseInt(arguments[5]);
    }

    /** Measures and prints. Exits with 1 when the relay did not do what it was asked. */
    public static void main(String[] arguments) throws Exception {
        int status = 1;
        V2Load load = new V2Load(arguments);
        print(
                "machine: %d processors, load average %.1f",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try (PhoneMedia media = new PhoneMedia(50, 72, false)) {
            load.signIn();
            load.idle(media);
            load.talk(media);
            load.reconnect();
            status = load.lostPercent < MAX_LOSS_PERCENT ? 0 : 1;
            print(
                    "verdict: %s; %.3f %% of the packets of calls lost (below %.1f wanted); all %d back after %.1f s, none refused for good",
                    status == 0 ? "passed" : "FAILED",
                    load.lostPercent,
                    MAX_LOSS_PERCENT,
                    load.clients.size(),
                    load.backS);
        } catch (CompletionException | AssertionError failed) {
            print("verdict: FAILED; %s", failed.getMessage());
        } finally {
            load.clients.forEach(LightPhone::close);
            load.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
        }
        System.exit(status);
    }

    private void signIn() throws Exception {
        clients.forEach(client -> identities.add(Identity.create()));
        long rssKb = relayProcess.residentBytes() / 1024;
        long heap = relayProcess.liveHeapBytes();
        double relayMs = relayProcess.cpuMs();
        double ownMs = ownProcess.cpuMs();
        long beganNs = System.nanoTime();
        signInAll();
        double tookS = (System.nanoTime() - beganNs) / 1e9;
        int n = clients.size();
        signInsPerS = n / tookS;
        print(
                "sign-in: %d clients in %.1f s, %.0f a second (%d at once); CPU for each: relay %.2f ms, clients %.2f ms",
                n, tookS, signInsPerS, AT_ONCE, (relayProcess.cpuMs() - relayMs) / n, (ownProcess.cpuMs() - ownMs) / n);
        long heapAfter = relayProcess.liveHeapBytes();
        print(
                "memory: for each client %.1f kB resident, %.1f kB of live heap; in all %.0f MB resident, %.1f MB live",
                (relayProcess.residentBytes() / 1024 - rssKb) / (double) n,
                (heapAfter - heap) / 1024.0 / n,
                relayProcess.residentBytes() / 1048576.0,
                heapAfter / 1048576.0);
    }

    private void signInAll() throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        for (int i = 0; i < clients.size() && problem.get() == null; i++) {
            if (!places.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody was welcomed for " + PATIENCE_S + " s, at client " + i);
            }
            clients.get(i).welcome().whenComplete((welcome, refused) -> {
                places.release();
                problem.compareAndSet(null, refused);
            });
            clients.get(i).signIn(loops, relay, identities.get(i));
        }
        if (problem.get() != null) {
            throw new AssertionError("a client was not welcomed: " + problem.get());
        }
        for (LightPhone client : clients) {
            client.welcome().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        }
    }

    private void idle(PhoneMedia media) throws Exception {
        for (int i = 0; i < clients.size(); i++) {
            media.add(clients.get(i), relay);
        }
        Deadline.require(
                PATIENCE_S * 1_000,
                () -> "all bound; " + media.bound() + " are",
                () -> media.bound() == clients.size());
        double relayMs = relayProcess.cpuMs();
        long pongs = LightPhone.PONGS.get();
        pass(seconds);
        print(
                "idle: %.0f heartbeats a second and a bind of each client every 15 s, relay %.1f %% of a core",
                (LightPhone.PONGS.get() - pongs) / (double) seconds, (relayProcess.cpuMs() - relayMs) / seconds / 10);
    }

    private void talk(PhoneMedia media) throws Exception {
        for (int call = 0; call < calls; call++) {
            clients.get(2 * call).call(clients.get(2 * call + 1).name());
        }
        for (int i = 0; i < 2 * calls; i++) {
            clients.get(i).connected().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        }
        media.talk(2 * calls);
        pass(5);
        media.talk(0);
        settle(media);
        media.clearDelays();
        long sent = media.sent();
        long received = media.received();
        double relayMs = relayProcess.cpuMs();
        double ownMs = ownProcess.cpuMs();
        media.talk(2 * calls);
        pass(seconds);
        media.talk(0);
        relayMs = relayProcess.cpuMs() - relayMs;
        ownMs = ownProcess.cpuMs() - ownMs;
        settle(media);
        sent = media.sent() - sent;
        received = media.received() - received;
        lostPercent = 100.0 * (sent - received) / sent;
        print(
                "%d calls: %.0f packets a second (%d wanted), %d sent, %d lost (%.3f %%), %s",
                calls, sent / (double) seconds, calls * 100, sent, sent - received, lostPercent, media.delays());
        print("past the relay: %s", media.directDelays());
        print(
                "CPU in calls: relay %.1f %% of a core, %.1f us for each packet; clients %.1f %%",
                relayMs / seconds / 10, relayMs * 1_000 / sent, ownMs / seconds / 10);
        print("memory in calls: %.0f MB resident", relayProcess.residentBytes() / 1048576.0);
    }

    /**
     * Restarts the relay; every client comes back by itself, after the delays that phones keep. How long that takes depends on
     * the machine and is only reported. It fails if a client is refused for good, or nobody comes back any more.
     */
    private void reconnect() throws Exception {
        long contacts = LightPhone.CONTACTS.get();
        Storm storm = new Storm();
        try (RestartedRelay restarted = RestartedRelay.restart(relayPid, relay)) {
            long upNs = System.nanoTime();
            double ownMs = ownProcess.cpuMs();
            for (int i = 0; i < clients.size(); i++) {
                storm.comeBack(i, new RetryDelay(new SplittableRandom(i)));
            }
            double halfS = storm.await(clients.size() / 2, upNs);
            backS = storm.await(clients.size(), upNs);
            storm.requireAllConnected();
            ProcessMeter meter = new ProcessMeter(restarted.pid());
            print(
                    "restart: all %d clients back %.1f s after the relay accepted connections, half of them after %.1f s: %.0f a second, "
                            + "%.2f of the pace of the sign-in; %d tries failed before; CPU: relay %.2f s, clients %.2f s; "
                            + "%d contacts sent; relay %.0f MB resident",
                    clients.size(),
                    backS,
                    halfS,
                    clients.size() / backS,
                    clients.size() / backS / signInsPerS,
                    storm.failedTries.get(),
                    meter.cpuMs() / 1_000,
                    (ownProcess.cpuMs() - ownMs) / 1_000,
                    LightPhone.CONTACTS.get() - contacts,
                    meter.residentBytes() / 1048576.0);
        } finally {
            storm.returned.forEach(LightPhone::close);
        }
    }

    /** All clients on their way back at once. */
    private final class Storm {

        private final List<LightPhone> returned = new CopyOnWriteArrayList<>();
        private final List<String> refused = new CopyOnWriteArrayList<>();
        private final AtomicInteger failedTries = new AtomicInteger();

        void comeBack(int i, RetryDelay delay) {
            LightPhone old = clients.get(i);
            loops.schedule(
                    () -> {
                        LightPhone again = new LightPhone(old.from(), old.name(), true);
                        again.signIn(loops, relay, identities.get(i));
                        again.welcome().whenComplete((welcome, failure) -> {
                            if (failure == null) {
                                returned.add(again);
                                return;
                            }
                            again.close();
                            failedTries.incrementAndGet();
                            String refusal = again.refusal();
                            if (refusal == null || PASSING_REFUSALS.contains(refusal)) {
                                comeBack(i, delay);
                            } else {
                                refused.add(failure.getMessage());
                            }
                        });
                    },
                    delay.nextMs(),
                    TimeUnit.MILLISECONDS);
        }

        /** Fails if one that came back was sent away since. */
        void requireAllConnected() {
            List<String> gone = returned.stream()
                    .filter(client -> !client.isConnected())
                    .map(client -> client.name() + " (" + client.refusal() + ")")
                    .toList();
            if (!gone.isEmpty()) {
                throw new AssertionError("came back and were sent away again: " + gone);
            }
        }

        /** Waits until that many are back; returns how long it took since {@code sinceNs}, in seconds. */
        double await(int wanted, long sinceNs) {
            for (int before = -1; returned.size() < wanted && refused.isEmpty(); ) {
                if (before == returned.size()) {
                    throw new AssertionError("of " + clients.size() + " clients " + before
                            + " are back, and no more for " + PATIENCE_S + " s");
                }
                before = returned.size();
                int now = before;
                Deadline.await(PATIENCE_S * 1_000, () -> returned.size() > now || !refused.isEmpty());
            }
            if (!refused.isEmpty()) {
                throw new AssertionError("refused for good: " + refused.get(0));
            }
            return (System.nanoTime() - sinceNs) / 1e9;
        }
    }

    /** Waits until what is under way has come, or will not. */
    private static void settle(PhoneMedia media) throws InterruptedException {
        long received;
        do {
            received = media.received();
            pass(1);
        } while (media.received() != received);
    }

    private static void pass(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
