package voiptui.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import voiptui.testkit.Deadline;
import voiptui.testkit.V2Identity;

/**
 * Measures how a flood of unfinished TLS handshakes affects a call through the same relay and new sign-ins. One third
 * send nothing, one third half a ClientHello, and one third a complete ClientHello only.
 *
 * <p>Run by {@code src/test/bench/v2-flood.sh}; arguments: the relay's PID, HOST and TCP_PORT, then CONNECTIONS,
 * ADDRESSES (they come from so many, in 127.0.0.0/8) and the SECONDS that it lasts. A connection that the relay closes
 * is replaced, as long as there are no more than {@value #PER_SECOND} new ones a second, and three times CONNECTIONS
 * in all.
 */
public final class V2Flood {

    private static final int PER_SECOND = 2_000;
    private static final int TURN_MS = 10;
    private static final long PATIENCE_S = 30;
    private static final int CALM_S = 5;
    private static final int MOST_LOST = 0;
    private static final double MOST_DELAY_MS = 20;

    private final ProcessMeter relayProcess;
    private final InetSocketAddress relay;
    private final int connections;
    private final int addresses;
    private final int seconds;
    private final byte[] hello;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup floodLoops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup flood = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong opening = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong closedByRelay = new AtomicLong();
    private final List<LoadClient> clients = new ArrayList<>();

    private V2Flood(String[] arguments) throws SSLException {
        relayProcess = new ProcessMeter(Long.parseLong(arguments[0]));
        relay = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        connections = Integer.parseInt(arguments[3]);
        addresses = Integer.parseInt(arguments[4]);
        seconds = Integer.parseInt(arguments[5]);
        hello = clientHello();
    }

    /** Measures and prints. Exits with 1 when the call or the newcomers suffered. */
    public static void main(String[] arguments) throws Exception {
        V2Flood test = new V2Flood(arguments);
        boolean fine = false;
        print(
                "machine: %d processors, load average %.1f",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try (LoadMedia media = new LoadMedia()) {
            test.beginCall(media);
            test.measureCalm(media);
            fine = test.measureFlood(media);
        } catch (CompletionException | AssertionError failed) {
            System.out.println("failed: " + failed.getMessage());
        } finally {
            test.clients.forEach(LoadClient::close);
            test.flood.close().await(PATIENCE_S, TimeUnit.SECONDS);
            test.floodLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(PATIENCE_S, TimeUnit.SECONDS);
            test.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(PATIENCE_S, TimeUnit.SECONDS);
        }
        System.exit(fine ? 0 : 1);
    }

    private static byte[] clientHello() throws SSLException {
        SSLEngine engine = V2Identity.anonymousTls().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private LoadClient newClient(String ip, String name) {
        LoadClient client = new LoadClient(ip, name);
        clients.add(client);
        client.signIn(loops, relay, LoadTls.create(name));
        return client;
    }

    private void beginCall(LoadMedia media) throws Exception {
        LoadClient a = newClient("127.2.0.1", "flood-a");
        LoadClient b = newClient("127.2.0.2", "flood-b");
        for (LoadClient side : List.of(a, b)) {
            side.welcome.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
            media.add(side, relay, true);
        }
        a.call(b.name);
        b.connected.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        Deadline.require(PATIENCE_S * 1_000, () -> "both bound", () -> media.bound() == 2);
        media.talk(true);
        TimeUnit.SECONDS.sleep(2);
    }

    private void measureCalm(LoadMedia media) throws Exception {
        long lost = lostOver(media, () -> TimeUnit.SECONDS.sleep(CALM_S));
        print("calm: %d lost, %s; past the relay: %s", lost, media.delays(), media.directDelays());
    }

    private boolean measureFlood(LoadMedia media) throws Exception {
        List<Double> signInsMs = new ArrayList<>();
        int[] failed = {0};
        double relayMs = relayProcess.cpuMs();
        long beganNs = System.nanoTime();
        long lost = lostOver(media, () -> failed[0] = flood(signInsMs));
        double tookS = (System.nanoTime() - beganNs) / 1e9;
        double p99 = media.delays().percentileMs(99);
        print(
                "flood: %d connections made in %.0f s, %d closed by the relay, %d refused, %d there at the end; relay %.0f %% of "
                        + "a core, %.0f MB resident",
                made.get(),
                tookS,
                closedByRelay.get(),
                refused.get(),
                flood.size(),
                (relayProcess.cpuMs() - relayMs) / tookS / 10,
                relayProcess.rssKb() / 1024.0);
        print("call in the flood: %d lost, %s; past the relay: %s", lost, media.delays(), media.directDelays());
        print(
                "newcomers in the flood: %d signed in, in %s ms; %d did not",
                signInsMs.size(),
                signInsMs.stream()
                        .map(ms -> String.format(Locale.ROOT, "%.0f", ms))
                        .toList(),
                failed[0]);
        return lost <= MOST_LOST && p99 <= MOST_DELAY_MS && failed[0] == 0;
    }

    private interface Phase {
        void run() throws Exception;
    }

    /** Media packets that were lost meanwhile. */
    private static long lostOver(LoadMedia media, Phase phase) throws Exception {
        media.talk(false);
        TimeUnit.MILLISECONDS.sleep(500);
        media.clearDelays();
        long sent = media.sent();
        long received = media.received();
        media.talk(true);
        phase.run();
        media.talk(false);
        TimeUnit.MILLISECONDS.sleep(500);
        long lost = media.sent() - sent - (media.received() - received);
        media.talk(true);
        return lost;
    }

    /** Floods, and lets a newcomer sign in every two seconds. Returns how many could not. */
    private int flood(List<Double> signInsMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int failed = 0;
        long turn = 0;
        while (endNs - System.nanoTime() > 0) {
            for (int i = 0; i < PER_SECOND * TURN_MS / 1_000; i++) {
                if (opening.get() + flood.size() < connections && made.get() < 3L * connections) {
                    open((int) made.get());
                }
            }
            if (++turn % 200 == 0) {
                Double ms = newcomer((int) (turn / 200));
                if (ms == null) {
                    failed++;
                } else {
                    signInsMs.add(ms);
                }
            }
            TimeUnit.MILLISECONDS.sleep(TURN_MS);
        }
        return failed;
    }

    private Double newcomer(int number) {
        long beganNs = System.nanoTime();
        try {
            newClient("127.2.1." + number, "newcomer-" + number)
                    .welcome
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            return (System.nanoTime() - beganNs) / 1e6;
        } catch (CompletionException refusal) {
            print("newcomer %d: %s", number, refusal.getCause());
            return null;
        }
    }

    private void open(int number) {
        made.incrementAndGet();
        opening.incrementAndGet();
        byte[] said = switch (number % 3) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(hello, hello.length / 2);
            default -> hello;
        };
        new Bootstrap()
                .group(floodLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new Mute(said))
                .connect(relay, new InetSocketAddress("127.3.0." + (number % addresses + 1), 0))
                .addListener(connecting -> {
                    opening.decrementAndGet();
                    if (!connecting.isSuccess()) {
                        refused.incrementAndGet();
                    }
                });
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Says what it has to say, and then nothing more. */
    private final class Mute extends ChannelInboundHandlerAdapter {

        private final byte[] words;

        Mute(byte[] words) {
            this.words = words;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            flood.add(channel);
            if (words.length > 0) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(words));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closedByRelay.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
