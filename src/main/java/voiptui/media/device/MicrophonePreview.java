package voiptui.media.device;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.LevelMeter;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Listens to a microphone that is not in use, to show how loud it is, on a thread of its own.
 *
 * <p>It begins when the one before has given its device back, since hardware may have room for one only.
 */
final class MicrophonePreview implements Runnable, AutoCloseable {

    private static final int FRAMES_PER_READING = 5;
    private static final long JOIN_MS = 1500;

    private final DeviceRequest<AudioSource> wish;
    private final EventBus bus;
    private final short[] frame;
    private final LevelMeter meter = new LevelMeter();
    private final Thread thread = new Thread(this, "voiptui-preview");
    private MicrophonePreview before;
    private volatile AudioSource source;
    private volatile boolean stopped;

    /** Prepares to listen; {@code before} is closed first, if it is not {@code null}. */
    MicrophonePreview(
            DeviceRequest<AudioSource> wish,
            PcmFormat format,
            EventBus bus,
            MicrophonePreview before,
            Thread.UncaughtExceptionHandler onBug) {
        this.wish = wish;
        this.bus = bus;
        this.frame = new short[format.frameSamples()];
        this.before = before;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        if (before != null) {
            before.close();
            before = null;
        }
        try {
            if (!stopped) {
                listen();
            }
        } catch (AudioUnavailableException | AudioLostException gone) {
            if (!stopped) {
                bus.publish(new CallEvent.PreviewLevel(wish.text(), CallEvent.SILENCE_DBFS, gone.getMessage()));
            }
        }
    }

    private void listen() throws AudioUnavailableException, AudioLostException {
        try (AudioSource opened = wish.open()) {
            source = opened;
            int frames = 0;
            while (!stopped) {
                opened.read(frame);
                meter.add(frame);
                if (++frames == FRAMES_PER_READING && !stopped) {
                    bus.publish(new CallEvent.PreviewLevel(wish.text(), meter.peakDbfs(), null));
                    meter.reset();
                    frames = 0;
                }
            }
        }
    }

    /** Ends with the next frame. Any thread; returns at once. */
    void stop() {
        stopped = true;
    }

    /** Ends, and waits until the device is given back. Any thread. */
    @Override
    public void close() {
        stopped = true;
        AudioSource open = source;
        if (open != null) {
            open.close();
        }
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
