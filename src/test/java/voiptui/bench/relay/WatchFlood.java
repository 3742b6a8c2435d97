package voiptui.bench.relay;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import voiptui.bench.LightPhone;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;

/** Signed-in clients that ask for the list of contacts all the time; on request they never read the answers. */
final class WatchFlood implements Attack {

    private static final int CLIENTS = 20;
    /** 391 kB/s of requests of 19 bytes, as 20 clients. */
    private static final int PER_CLIENT_AND_SECOND = 1_000;

    private final InetSocketAddress relay;
    private final EventLoopGroup loops;
    private final boolean reads;
    private final List<LightPhone> clients = new ArrayList<>();
    private long made;

    WatchFlood(InetSocketAddress relay, EventLoopGroup loops, boolean reads) {
        this.relay = relay;
        this.loops = loops;
        this.reads = reads;
    }

    @Override
    public String name() {
        return reads ? "watch requests" : "slow readers";
    }

    @Override
    public void prepare() {
        for (int i = 0; i < CLIENTS; i++) {
            LightPhone client = new LightPhone(
                    IpText.parse("127.7." + (reads ? 0 : 1) + "." + (i + 1)).orElseThrow(), name(i), false);
            clients.add(client);
            client.signIn(loops, relay, Identity.create());
            client.welcome().orTimeout(30, TimeUnit.SECONDS).join();
            if (!reads) {
                client.stopReading();
            }
        }
    }

    private String name(int number) {
        return (reads ? "watcher-" : "slow-") + number;
    }

    @Override
    public void turn() {
        for (LightPhone client : clients) {
            for (int i = 0; i < PER_CLIENT_AND_SECOND * AttackBench.TURN_MS / 1_000; i++) {
                client.send(new ClientMessage.Watch());
                made++;
            }
        }
    }

    @Override
    public String done(double seconds) {
        return String.format(
                Locale.ROOT,
                "%.0f requests a second, %d of %d clients left connected",
                made / seconds,
                clients.stream().filter(LightPhone::isConnected).count(),
                clients.size());
    }

    @Override
    public void close() {
        clients.forEach(LightPhone::close);
    }
}
