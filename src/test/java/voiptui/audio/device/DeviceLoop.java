package voiptui.audio.device;

import java.util.ArrayDeque;
import java.util.Queue;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;

/**
 * Plays the default microphone on the default speaker as a call would, in a process of its own: ALSA reads its
 * configuration from the process's environment. One thread captures, one plays, and between them wait as many frames as
 * a jitter buffer would hold.
 *
 * <p>Reports on standard output, by direction: {@code microphone ready}, {@code speaker ready}, {@code microphone lost:
 * MESSAGE}, {@code microphone unavailable: MESSAGE}; tries again twice a second.
 *
 * <p>Arguments, for measurements: the buffers of capture and playback in milliseconds, and the frames between the two.
 */
public final class DeviceLoop {

    private final Queue<short[]> waiting = new ArrayDeque<>();
    private final int captureBufferMs;
    private final int playbackBufferMs;
    private final int prefillFrames;
    private boolean filling = true;

    private DeviceLoop(int captureBufferMs, int playbackBufferMs, int prefillFrames) {
        this.captureBufferMs = captureBufferMs;
        this.playbackBufferMs = playbackBufferMs;
        this.prefillFrames = prefillFrames;
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        DeviceLoop loop = arguments.length == 0
                ? new DeviceLoop(DeviceSource.CAPTURE_BUFFER_MS, DeviceSink.PLAYBACK_BUFFER_MS, 3)
                : new DeviceLoop(
                        Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
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
        try (DeviceSource source = DeviceSource.openDefault(PcmFormat.CLASSIC, captureBufferMs)) {
            for (boolean first = true; ; first = false) {
                short[] frame = new short[PcmFormat.CLASSIC.frameSamples()];
                source.read(frame);
                put(frame);
                if (first) {
                    System.out.println("microphone ready");
                }
            }
        }
    }

    private void play() throws AudioLostException, AudioUnavailableException {
        try (DeviceSink sink = DeviceSink.openDefault(PcmFormat.CLASSIC, playbackBufferMs)) {
            short[] silence = new short[PcmFormat.CLASSIC.frameSamples()];
            for (int frames = 0; ; frames++) {
                short[] frame = take();
                sink.write(frame == null ? silence : frame);
                if (frames == 10) {
                    System.out.println("speaker ready");
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
