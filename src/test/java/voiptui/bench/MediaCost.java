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
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
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
 * is received on the thread that sends it. With RTP, the same call encrypted follows, and what that adds. Usage: {@code MediaCost opus|pcm rtp|classic SECONDS}.
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
        try {
            if (format.packets() == PacketFormat.CLASSIC) {
                measure(format, wav, seconds, false);
                return;
            }
            // Twice, in turn: the first time, the JVM still compiles.
            for (int round = 1; round <= 2; round++) {
                System.out.println("not encrypted, round " + round + ":");
                double clear = measure(format, wav, seconds, false);
                System.out.println("encrypted, round " + round + ":");
                double encrypted = measure(format, wav, seconds, true);
                System.out.printf(
                        "encryption: %.2f %% of a core after %.2f %%, %+.2f points, x %.3f%n",
                        encrypted, clear, encrypted - clear, encrypted / clear);
            }
        } finally {
            Files.delete(wav);
        }
    }

    /** Returns the CPU time of one side's threads in percent of a core. */
    private static double measure(MediaFormat format, Path wav, int seconds, boolean encrypted) throws Exception {
        Wire there = new Wire();
        Wire back = new Wire();
        Identity talkers = Identity.create();
        Identity listeners = Identity.create();
        try (MediaSession talker = end(wav, there, talkers);
                MediaSession listener = end(wav, back, listeners)) {
            there.to = listener.handler();
            back.to = talker.handler();
            talker.start();
            listener.start();
            listener.connect(format, encrypted ? security(Role.PASSIVE, talkers) : null);
            talker.connect(format, encrypted ? security(Role.ACTIVE, listeners) : null);
            talker.onPeerHeard();
            listener.onPeerHeard();
            run(talker, listener, WARM_UP_MS);
            Map<String, long[]> before = costs();
            long collectionsMs = collectionsMs();
            run(talker, listener, seconds * 1000L);
            Map<String, long[]> after = costs();
            double total = 0;
            // Two ends: the mean of both.
            for (String name : after.keySet()) {
                long[] then = before.getOrDefault(name, new long[2]);
                double percent = (after.get(name)[0] - then[0]) / (seconds * 1e9) * 100 / 2;
                total += percent;
                System.out.printf(
                        "%-16s %.2f %% of a core, %,.0f bytes of garbage a frame%n",
                        name, percent, (after.get(name)[1] - then[1]) / (seconds * 50.0) / 2);
            }
            System.out.printf(
                    "collections      %.2f %% of a core for both ends%n",
                    (collectionsMs() - collectionsMs) / (seconds * 1000.0) * 100);
            return total;
        }
    }

    private static MediaSecurity security(Role role, Identity peer) {
        return new MediaSecurity(role, peer.fingerprint().text());
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

    private static MediaSession end(Path wav, Wire wire, Identity identity) throws IOException {
        PcmFormat format = PcmFormat.OPUS;
        NanoClock clock = NanoClock.SYSTEM;
        MediaEnvironment place = new MediaEnvironment(
                new SystemDevices(format, true, clock), Path.of(""), InstantSource.system(), identity);
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
