package voiptui.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Identity;
import voiptui.protocol.classic.ClassicProtocol;

/**
 * The phones of a bench, two for each call. If the relay is on this machine, each has an address of its own in 127.0.0.0/8, as phones
 * in the world have; otherwise all have this machine's. Owned by the thread that measures.
 */
final class Phones implements AutoCloseable {

    private static final int AT_ONCE = 32;
    private static final int PATIENCE_S = 30;
    private static final double NS_PER_S = 1e9;

    private final InetSocketAddress relay;
    private final BenchSettings settings;
    private final PhoneMedia media;
    private final BooleanSupplier stopped;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, (ThreadFactory) Phones::controlThread, NioIoHandler.newFactory());
    private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000, 0x100000));
    private final List<LightPhone> light = new ArrayList<>();
    private final List<ClassicPhone> classic = new ArrayList<>();
    private int calls;
    private int created;
    private long signInNs;

    private static Thread controlThread(Runnable task) {
        return new FastThreadLocalThread(task, "bench-control");
    }

    /**
     * Creates no phones yet.
     *
     * @param stopped whether the user wants no more
     */
    Phones(InetSocketAddress relay, BenchSettings settings, PhoneMedia media, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.relay = relay;
        this.settings = settings;
        this.media = media;
        loops.scheduleAtFixedRate(
                this::beat, ClassicProtocol.HEARTBEAT_MS, ClassicProtocol.HEARTBEAT_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Connects calls until there are {@code wanted}.
     *
     * @throws BenchException if the relay refuses a phone; the calls before it remain
     */
    void connect(int wanted) throws BenchException, IOException, InterruptedException {
        List<LightPhone> added = new ArrayList<>();
        List<ClassicPhone> addedClassic = new ArrayList<>();
        for (int call = calls; call < wanted; call++) {
            for (int side = 0; side < 2; side++) {
                if (settings.isClassic(call)) {
                    InetAddress own = nextAddress();
                    if (own == null) {
                        throw new BenchException("classic clients need a relay on this machine");
                    }
                    addedClassic.add(new ClassicPhone(own, relay));
                } else {
                    added.add(new LightPhone(nextAddress(), "bench-" + run + "-" + created, true));
                }
            }
        }
        signIn(added);
        int nextLight = 0;
        int nextClassic = 0;
        for (int call = calls; call < wanted; call++) {
            if (settings.isClassic(call)) {
                pair(addedClassic.get(nextClassic++), addedClassic.get(nextClassic++));
            } else {
                media.add(added.get(nextLight++), relay);
                media.add(added.get(nextLight++), relay);
            }
        }
        call(added);
        calls = wanted;
    }

    private @Nullable InetAddress nextAddress() throws IOException {
        int index = created++;
        return areLocal(relay) ? LoopbackAddresses.of(index) : null;
    }

    /** Returns whether each phone of a relay has an address of its own. */
    static boolean areLocal(InetSocketAddress relay) {
        return relay.getAddress().isLoopbackAddress() && relay.getAddress() instanceof Inet4Address;
    }

    private void signIn(List<LightPhone> added) throws BenchException, InterruptedException {
        List<Identity> identities =
                added.stream().map(phone -> Identity.create()).toList();
        Semaphore places = new Semaphore(AT_ONCE);
        long beganNs = System.nanoTime();
        for (int i = 0; i < added.size(); i++) {
            failIfStopped();
            LightPhone phone = added.get(i);
            light.add(phone);
            if (!places.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw refusal(phone, "no answer for " + PATIENCE_S + " s");
            }
            phone.welcome().whenComplete((welcome, refused) -> places.release());
            phone.signIn(loops, relay, identities.get(i));
            if (i >= AT_ONCE) {
                // An early one that was refused: the others would be, too.
                failIfRefused(added.get(i - AT_ONCE));
            }
        }
        for (LightPhone phone : added) {
            await(phone, phone.welcome().orTimeout(PATIENCE_S, TimeUnit.SECONDS));
        }
        signInNs += System.nanoTime() - beganNs;
    }

    private void failIfStopped() throws BenchException {
        if (stopped.getAsBoolean()) {
            throw new BenchException("stopped");
        }
    }

    private void failIfRefused(LightPhone phone) throws BenchException {
        if (phone.welcome().isCompletedExceptionally()) {
            await(phone, phone.welcome());
        }
    }

    private void call(List<LightPhone> added) throws BenchException {
        for (int i = 0; i < added.size(); i += 2) {
            added.get(i).call(added.get(i + 1).name());
        }
        for (LightPhone phone : added) {
            await(phone, phone.connected().orTimeout(PATIENCE_S, TimeUnit.SECONDS));
        }
    }

    private void await(LightPhone phone, CompletableFuture<?> done) throws BenchException {
        failIfStopped();
        try {
            done.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw refusal(
                    phone, cause.getMessage() == null ? "no answer for " + PATIENCE_S + " s" : cause.getMessage());
        }
    }

    private BenchException refusal(LightPhone phone, String why) {
        String problem = "phone " + (light.indexOf(phone) + 1) + ": " + why.replace(phone.name() + ": ", "");
        return new BenchException(
                phone.refusal() == null
                        ? problem
                        : problem + "; let the relay admit more with --max-clients, --new-names and --handshake-limit");
    }

    private void pair(ClassicPhone one, ClassicPhone other) throws BenchException, IOException {
        InetSocketAddress target = mediaAddress();
        try {
            one.register(media.add(one, target), other.from());
            other.register(media.add(other, target), one.from());
            synchronized (classic) {
                classic.add(one);
                classic.add(other);
            }
        } catch (IOException refused) {
            throw new BenchException(refused.getMessage()
                    + "; let the relay admit more with --classic on, --max-classic and --max-clients");
        }
    }

    /** Classic clients know the relay's media port; here a v2 phone is told it, if there is one. */
    private InetSocketAddress mediaAddress() {
        int port = light.stream()
                .filter(phone -> phone.welcome().isDone())
                .map(phone -> phone.welcome().join().udp().port())
                .findFirst()
                .orElse(ClassicProtocol.UDP_PORT);
        return new InetSocketAddress(relay.getAddress(), port);
    }

    private void beat() {
        List<ClassicPhone> all;
        synchronized (classic) {
            all = List.copyOf(classic);
        }
        Thread beating = new Thread(() -> all.forEach(Phones::beat), "bench-heartbeat");
        beating.setDaemon(true);
        beating.start();
    }

    private static void beat(ClassicPhone phone) {
        try {
            phone.heartbeat();
        } catch (IOException lost) {
            // the relay removes it, and its packets are missing
        }
    }

    /**
     * Checks that the relay is still there.
     *
     * @throws BenchException if no v2 phone is connected any more
     */
    void failIfRelayIsGone() throws BenchException {
        if (!light.isEmpty() && light.stream().noneMatch(LightPhone::isConnected)) {
            throw new BenchException("the relay has closed the connections of all phones; see its log");
        }
    }

    /** Returns the calls that are connected. */
    int calls() {
        return calls;
    }

    /** Returns how many v2 phones there are, and all classic clients. */
    int size() {
        return 2 * calls;
    }

    /** Returns how many v2 phones signed in per second; 0: none. */
    double signInsPerS() {
        long welcomed = light.stream()
                .filter(phone -> phone.welcome().isDone() && !phone.welcome().isCompletedExceptionally())
                .count();
        return signInNs == 0 ? 0 : welcomed / (signInNs / NS_PER_S);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        light.forEach(LightPhone::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
