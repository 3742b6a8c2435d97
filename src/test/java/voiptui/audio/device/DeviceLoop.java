package voiptui.audio.device;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.spec.SoundSystem;

/**
 * Plays a microphone on a speaker as a call would, in a process of its own: drivers read their configuration from the
 * process's environment. One thread captures, one plays, and between them wait as many frames as a jitter buffer would hold.
 *
 * <p>Arguments: {@code sdl} or {@code java}, {@code standard} or {@code low-latency}, the frames between the two, and the
 * names of a microphone and a speaker or {@code default} for each.
 *
 * <p>Reports on standard output, by direction: {@code microphone ready}, {@code speaker ready}, {@code microphone lost:
 * MESSAGE}, {@code microphone unavailable: MESSAGE}; tries again twice a second. With {@code -Dvoiptui.latency=true} also
 * what the devices say about their latency, once a second.
 */
public final class DeviceLoop {

    private static final PcmFormat FORMAT = new PcmFormat(48_000, 480);
    private static final int FRAMES_PER_SECOND = FORMAT.sampleRateHz() / FORMAT.frameSamples();
    private static final boolean TELLS_LATENCY = Boolean.getBoolean("voiptui.latency");

    private final Queue<short[]> waiting = new ArrayDeque<>();
    private final AudioBackend devices;
    private final int prefillFrames;
    private final @Nullable DeviceChoice microphone;
    private final @Nullable DeviceChoice speaker;
    private boolean filling = true;

    private DeviceLoop(String[] arguments) {
        this.devices = new SoundSystem(
                SoundSystem.Choice.parse(arguments[0]),
                arguments[1].equals("low-latency") ? BufferSize.SMALL : BufferSize.USUAL);
        this.prefillFrames = Integer.parseInt(arguments[2]);
        this.microphone = choice(arguments[3]);
        this.speaker = choice(arguments[4]);
    }

    private static @Nullable DeviceChoice choice(String device) {
        return device.equals("default") ? null : new DeviceChoice(device);
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        DeviceLoop loop = new DeviceLoop(arguments);
        new Thread(() -> keepTrying("microphone", loop::capture), "capture").start();
        new Thread(() -> keepTrying("speaker", loop::play), "playout").start();
    }

    @FunctionalInterface
    private interface Way {
        void run() throws AudioLostException, AudioUnavailableException;
    }

    private static void keepTrying(String direction, Way way) {
        while (true) {
            try {
                way.run();
            } catch (AudioLostException e) {
                System.out.println(direction + " lost: " + e.getMessage());
            } catch (AudioUnavailableException e) {
                System.out.println(direction + " unavailable: " + e.getMessage());
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void capture() throws AudioLostException, AudioUnavailableException {
        try (AudioSource source = devices.openSource(microphone, FORMAT)) {
            for (int frames = 1; ; frames++) {
                short[] frame = new short[FORMAT.frameSamples()];
                source.read(frame);
                put(frame);
                if (frames == FRAMES_PER_SECOND / 2) {
                    System.out.println("microphone ready");
                }
                if (TELLS_LATENCY && frames % FRAMES_PER_SECOND == 0) {
                    System.out.println("microphone latency us " + source.latencyNs() / 1000);
                }
            }
        }
    }

    private void play() throws AudioLostException, AudioUnavailableException {
        try (AudioSink sink = devices.openSink(speaker, FORMAT)) {
            short[] silence = new short[FORMAT.frameSamples()];
            for (int frames = 1; ; frames++) {
                sink.awaitRoom();
                short[] frame = take();
                long queuedUs = sink.queuedNs() / 1000;
                sink.write(frame == null ? silence : frame);
                if (frames == FRAMES_PER_SECOND / 2) {
                    System.out.println("speaker ready");
                }
                if (TELLS_LATENCY && frames % FRAMES_PER_SECOND == 0) {
                    System.out.println("speaker latency us " + queuedUs);
                }
            }
        }
    }

    private synchronized void put(short[] frame) {
        waiting.add(frame);
        if (waiting.size() > prefillFrames + 1) {
            waiting.remove();
        }
        filling &= waiting.size() < prefillFrames;
    }

    private synchronized short[] take() {
        filling |= waiting.isEmpty();
        return filling ? null : waiting.remove();
    }
}
