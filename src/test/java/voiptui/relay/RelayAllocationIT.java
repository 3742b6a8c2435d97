package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counter;
import voiptui.relay.media.SenderRate;
import voiptui.testkit.ClassicPeer;

/**
 * What the media thread allocates for a packet, once warm: nothing, unless clients share a socket that is read one by one.
 * Also when senders alternate, and also with more sockets than the cache of boxed numbers covers by default: the JDK's
 * selector looks its keys up by a boxed file descriptor, 16 bytes for each from 128 on. The launcher and the test run make
 * that cache larger.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE_SOCKET")
@Timeout(120)
class RelayAllocationIT {

    private static final int OTHER_DESCRIPTORS = 200;
    private static final int CALLS = 8;
    private static final int WARM_UP_PACKETS = 20_000;
    private static final int PACKETS = 10_000;
    /** More than these clients can send. */
    static final SenderRate UNLIMITED = new SenderRate(1_000_000, 2_000_000_000);

    /** What the virtual machine allocates once, such as for a class that it loads late, or until it has compiled all, falls into the first. */
    private static final int WINDOWS = 20;

    private final MediaIo io;

    RelayAllocationIT(MediaIo io) {
        this.io = io;
    }

    @Test
    void shouldAllocateNothingForAPacket() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<DatagramChannel> others = new ArrayList<>();
        for (int i = 0; i < OTHER_DESCRIPTORS; i++) {
            others.add(DatagramChannel.open());
        }
        try (RelayHarness harness = RelayHarness.start(
                RelayHarness.config(2 * CALLS, 30_000, 120_000, 10_000)
                        .withSenderRate(UNLIMITED)
                        .withUdpBatch(io.batch)
                        .withMediaThreads(io.threads),
                new DescriptorBudget(100, io.clientSockets))) {
            List<ClassicPeer> peers = new ArrayList<>();
            for (int i = 0; i < 2 * CALLS; i++) {
                ClassicPeer peer = harness.peer("127.0.0.1");
                assertThat(peer.hello("127.0.0.1")).isEqualTo("WELCOME");
                peers.add(peer);
            }
            long[] mediaThreads = idsOf(harness.relay.mediaThreads());
            pass(harness, peers, WARM_UP_PACKETS);
            double fewest = Double.MAX_VALUE;
            for (int window = 0; window < WINDOWS && fewest >= 1.0; window++) {
                long before = allocated(threads, mediaThreads);
                pass(harness, peers, PACKETS);
                fewest = Math.min(fewest, (double) (allocated(threads, mediaThreads) - before) / PACKETS);
            }
            assertThat(fewest).as("bytes per packet").isLessThan(1.0);
        } finally {
            for (DatagramChannel other : others) {
                other.close();
            }
        }
    }

    /** The same for v2 clients that are bound. */
    @Test
    void shouldAllocateNothingForAV2Packet() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (V2RelayHarness relay = V2RelayHarness.start(UNLIMITED, io)) {
            List<V2RelayHarness.Phone> phones = new ArrayList<>();
            for (int i = 0; i < 2 * CALLS; i++) {
                phones.add(relay.boundPhone("127.0.0.1", "phone" + i));
                if (i % 2 == 1) {
                    relay.call(phones.get(i), "phone" + (i - 1));
                }
            }
            long[] mediaThreads = idsOf(relay.harness.relay.mediaThreads());
            pass(phones, WARM_UP_PACKETS);
            double fewest = Double.MAX_VALUE;
            for (int window = 0; window < WINDOWS && fewest >= 1.0; window++) {
                long before = allocated(threads, mediaThreads);
                pass(phones, PACKETS);
                fewest = Math.min(fewest, (double) (allocated(threads, mediaThreads) - before) / PACKETS);
            }
            assertThat(fewest).as("bytes per packet").isLessThan(1.0);
        }
    }

    private static long[] idsOf(List<Thread> threads) {
        return threads.stream().mapToLong(Thread::getId).toArray();
    }

    private static long allocated(ThreadMXBean threads, long[] ids) {
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }

    private static void pass(List<V2RelayHarness.Phone> phones, int packets) {
        byte[] packet = ClassicPeer.packet(1, 116);
        packet[0] = (byte) 0x80;
        for (int sent = 0; sent < packets; sent += phones.size()) {
            phones.forEach(phone -> phone.udp().send(packet));
            for (V2RelayHarness.Phone phone : phones) {
                assertThat(phone.udp().receiveMedia(RelayHarness.PATIENCE_MS)).isPresent();
            }
        }
    }

    private static void pass(RelayHarness harness, List<ClassicPeer> peers, int packets) {
        byte[] packet = ClassicPeer.packet(1, 116);
        for (int sent = 0; sent < packets; sent += peers.size()) {
            peers.forEach(peer -> peer.send(packet));
            for (ClassicPeer peer : peers) {
                assertThat(peer.receive(RelayHarness.PATIENCE_MS)).isPresent();
            }
        }
        assertThat(harness.count(Counter.DROPPED_UNREGISTERED)).isZero();
    }
}
