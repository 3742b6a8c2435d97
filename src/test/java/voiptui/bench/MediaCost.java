package voiptui.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.event.EventBus;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaSession;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.media.device.SystemDevices;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;
import voiptui.testkit.Wav;
import voiptui.time.NanoClock;

/**
 * Measures the CPU time and allocation of one side's media threads in a real-time call without a network. Each packet
 * is received on the thread that sends it. Usage: {@code MediaCost opus|pcm rtp|classic SECONDS}.
 */
public final class MediaCost {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_MS = 10_000;

    private MediaCost() {}

    public static void main(String[] args) throws Exception {
        MediaFormat format = new MediaFormat(
                MediaCodec.of(args[0]).orElseThrow(), PacketFormat.of(args[1]).orElseThrow(), MediaFeatures.ALL);
        int seconds = Integer.parseInt(args[2]);
        Path wav = Wav.write(Files.createTempFile("media-cost", ".wav"), Wav.speech(60, 1));
        Wire there = new Wire();
        Wire back = new Wire();
        try (MediaSession talker = end(wav, there);
                MediaSession listener = end(wav, back)) {
            there.to = listener.handler();
            back.to = talker.handler();
            talker.start();
            listener.start();
            talker.connect(format);
            listener.connect(format);
            talker.onPeerHeard();
            listener.onPeerHeard();
            run(talker, listener, WARM_UP_MS);
            Map<String, long[]> before = costs();
            long collectionsMs = collectionsMs();
            run(talker, listener, seconds * 1000L);
            // Two ends: the mean of both.
            costs().forEach((name, cost) -> System.out.printf(
                    "%-16s %.2f %% of a core, %,.0f bytes of garbage a frame%n",
                    name,
                    (cost[0] - before.get(name)[0]) / (seconds * 1e9) * 100 / 2,
                    (cost[1] - before.get(name)[1]) / (seconds * 50.0) / 2));
            System.out.printf(
                    "collections      %.2f %% of a core for both ends%n",
                    (collectionsMs() - collectionsMs) / (seconds * 1000.0) * 100);
        } finally {
            Files.delete(wav);
        }
    }

    private static void run(MediaSession talker, MediaSession listener, long ms) throws InterruptedException {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ms * 1_000_000L) {
            Thread.sleep(20);
            long nowMs = System.nanoTime() / 1_000_000L;
            talker.onTick(nowMs);
            listener.onTick(nowMs);
        }
    }

    /** Sends what it is given straight into the other end, on the sending thread. */
    private static final class Wire implements DatagramSender {
        private final ThreadLocal<ByteBuffer> copies = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(2200));
        private volatile DatagramHandler to;

        @Override
        public int send(ByteBuffer datagram) {
            int bytes = datagram.remaining();
            to.onDatagram(copies.get().clear().put(datagram).flip(), System.nanoTime());
            return bytes;
        }
    }

    private static MediaSession end(Path wav, Wire wire) throws IOException {
        PcmFormat format = PcmFormat.OPUS;
        NanoClock clock = NanoClock.SYSTEM;
        MediaEnvironment place =
                new MediaEnvironment(new SystemDevices(format, true, clock), Path.of(""), InstantSource.system());
        OpenedDevice<AudioSink> speaker = OpenedDevice.opened("null", new NullSink(new FramePacer(format, clock)));
        return new MediaSession(
                new MediaConfig(new MediaConfig.Delay(20, 500)),
                wire,
                new OpenedDevices(format, open(place, wav), speaker),
                place,
                new EventBus(),
                clock,
                new MediaSession.Owner(() -> {}, (thread, fault) -> fault.printStackTrace()));
    }

    private static OpenedDevice<AudioSource> open(MediaEnvironment place, Path wav) throws IOException {
        try {
            return OpenedDevice.opened(
                    "speech", place.audio().microphone("file:" + wav).open());
        } catch (AudioUnavailableException unreadable) {
            throw new IOException(unreadable);
        }
    }

    /** CPU time in nanoseconds and bytes allocated, by the names of threads. */
    private static Map<String, long[]> costs() {
        Map<String, long[]> costs = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("voiptui-")) {
                long[] cost = costs.computeIfAbsent(thread.getName(), name -> new long[2]);
                cost[0] += THREADS.getThreadCpuTime(thread.getId());
                cost[1] += THREADS.getThreadAllocatedBytes(thread.getId());
            }
        }
        return costs;
    }

    private static long collectionsMs() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
