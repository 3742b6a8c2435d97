package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import voiptui.bench.LightPhone;
import voiptui.bench.PhoneMedia;
import voiptui.bench.ProcessMeter;
import voiptui.bench.RelayChild;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.testkit.Deadline;

/**
 * A relay over minutes, with phones, calls, and others that come, call and vanish: what it keeps of them must not grow. Takes little of a
 * processor, so that it may run beside other tests; the system property {@code voiptui.soak.seconds} changes how long. Half an hour
 * with more load: {@code src/test/bench/soak.sh}.
 */
@EnabledOnOs(OS.LINUX)
class SoakIT {

    private static final int SECONDS = Integer.getInteger("voiptui.soak.seconds", 180);
    private static final int WARM_UP_S = SECONDS / 3;
    private static final int LAST_S = 10;
    private static final int PHONES = 100;
    private static final int CALLS = 20;
    private static final int GUESTS = 10;
    private static final int PACKETS_PER_S = 5;
    private static final int PACKET_BYTES = 120;
    private static final int GUEST_INTERVAL_MS = 2_000;
    private static final int PATIENCE_S = 60;
    /** Of the live heap after the warm-up. */
    private static final double MOST_HEAP_GROWTH = 1.05;
    /** Of the resident memory: after a minute, Java still compiles what is used seldom, 8 of 156 MB, or more on a slow machine. */
    private static final double MOST_RESIDENT_GROWTH = 1.25;
    /** One call that no longer works would be 5 %. */
    private static final double MOST_LOSS = 0.02;

    @TempDir
    private Path stateDir;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<LightPhone> phones = new ArrayList<>();
    private final List<Identity> guests = new ArrayList<>();
    private RelayChild relay;
    private ProcessMeter meter;
    private PhoneMedia media;

    /** The heap is touched at once, so that resident memory grows by nothing but what is outside it. */
    @BeforeEach
    void startRelay() throws Exception {
        relay = RelayChild.start(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xms48m",
                "-Xmx48m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Xss256k",
                "-jar",
                System.getProperty("voiptui.jar"),
                "relay",
                "--json",
                "--bind=127.0.0.1",
                "--tcp-port=0",
                "--udp-port=0",
                "--access=open",
                "--new-names=0",
                "--state-dir=" + stateDir));
        meter = new ProcessMeter(relay.pid());
        media = new PhoneMedia(PACKETS_PER_S, PACKET_BYTES, false);
    }

    @AfterEach
    void stopRelay() throws Exception {
        if (media != null) {
            media.close();
        }
        if (relay != null) {
            relay.close();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepItsPhonesAndCallsButNothingOfThoseThatVanish() throws Exception {
        for (int i = 0; i < PHONES; i++) {
            LightPhone phone = signIn("phone-" + i, i, Identity.create());
            phones.add(phone);
            media.add(phone, relay.control());
        }
        Deadline.require(PATIENCE_S * 1_000, () -> "all bound", () -> media.bound() == PHONES);
        for (int call = 0; call < CALLS; call++) {
            phones.get(2 * call).call(phones.get(2 * call + 1).name());
        }
        for (LightPhone phone : phones.subList(0, 2 * CALLS)) {
            phone.connected().get(PATIENCE_S, TimeUnit.SECONDS);
        }
        for (int i = 0; i < GUESTS; i++) {
            guests.add(Identity.create());
        }
        media.talk(2 * CALLS);

        comeAndGo(WARM_UP_S);
        long heapBytes = meter.liveHeapBytes();
        long residentBytes = meter.residentBytes();
        comeAndGo(SECONDS - WARM_UP_S - LAST_S);
        long sent = media.sent();
        long received = media.received();
        comeAndGo(LAST_S);

        long wanted = (long) ((1 - MOST_LOSS) * (media.sent() - sent));
        Deadline.require(
                PATIENCE_S * 1_000,
                () -> "of " + wanted + " packets of the last seconds, " + (media.received() - received) + " arrived",
                () -> media.received() - received >= wanted);
        assertThat(phones).as("all are still signed in").allSatisfy(phone -> {
            assertThat(phone.isConnected()).as(phone.name()).isTrue();
            assertThat(phone.refusal()).as(phone.name()).isNull();
        });
        assertThat((double) meter.liveHeapBytes() / heapBytes)
                .as("growth of the live heap of " + heapBytes + " bytes")
                .isLessThan(MOST_HEAP_GROWTH);
        assertThat((double) meter.residentBytes() / residentBytes)
                .as("growth of the resident memory of " + residentBytes + " bytes")
                .isLessThan(MOST_RESIDENT_GROWTH);
    }

    private LightPhone signIn(String name, int address, Identity identity) throws Exception {
        LightPhone phone = new LightPhone(
                IpText.parse("127.3." + address / 250 + "." + (1 + address % 250))
                        .orElseThrow(),
                name,
                address < PHONES);
        phone.signIn(loops, relay.control(), identity);
        phone.welcome().get(PATIENCE_S, TimeUnit.SECONDS);
        return phone;
    }

    /** For a time, one guest after another calls the next; then both vanish. */
    private void comeAndGo(int seconds) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; endNs - System.nanoTime() > 0; i = (i + 2) % GUESTS) {
            LightPhone caller = signIn("guest-" + i, PHONES + i, guests.get(i));
            LightPhone callee = signIn("guest-" + (i + 1), PHONES + i + 1, guests.get(i + 1));
            caller.call(callee.name());
            callee.connected().get(PATIENCE_S, TimeUnit.SECONDS);
            caller.close();
            callee.close();
            long leftMs = Math.max(0, (endNs - System.nanoTime()) / 1_000_000);
            TimeUnit.MILLISECONDS.sleep(Math.min(GUEST_INTERVAL_MS, leftMs));
        }
    }
}
