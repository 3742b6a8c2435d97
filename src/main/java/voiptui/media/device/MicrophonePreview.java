package voiptui.media.device;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.LevelMeter;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Publishes the level of a microphone that is not in use, on a thread of its own.
 *
 * <p>Waits until the preview before it has closed its device, since some hardware can be opened only once.
 */
final class MicrophonePreview implements Runnable, AutoCloseable {

    /** Frames per level reading: ten readings per second. */
    private static final int FRAMES_PER_READING = 10;

    private static final long JOIN_MS = 1500;

    private final DeviceRequest<AudioSource> request;
    private final EventBus bus;
    private final short[] frame;
    private final LevelMeter meter = new LevelMeter();
    private final Thread thread = new Thread(this, "voiptui-preview");
    private @Nullable MicrophonePreview previous;
    private volatile @Nullable AudioSource source;
    private volatile boolean stopped;

    /**
     * Prepares a preview.
     *
     * @param previous closed before the device is opened; null when there is none
     */
    MicrophonePreview(
            DeviceRequest<AudioSource> request,
            PcmFormat format,
            EventBus bus,
            @Nullable MicrophonePreview previous,
            Thread.UncaughtExceptionHandler onFault) {
        this.request = request;
        this.bus = bus;
        this.frame = new short[format.frameSamples()];
        this.previous = previous;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onFault);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        if (previous != null) {
            previous.close();
            previous = null;
        }
        try {
            if (!stopped) {
                measure();
            }
        } catch (AudioUnavailableException | AudioLostException failed) {
            if (!stopped) {
                bus.publish(new CallEvent.PreviewLevel(request.text(), CallEvent.SILENCE_DBFS, failed.getMessage()));
            }
        }
    }

    private void measure() throws AudioUnavailableException, AudioLostException {
        try (AudioSource opened = request.open()) {
            source = opened;
            int frames = 0;
            while (!stopped) {
                opened.read(frame);
                meter.add(frame);
                if (++frames == FRAMES_PER_READING && !stopped) {
                    bus.publish(new CallEvent.PreviewLevel(request.text(), meter.peakDbfs(), null));
                    meter.reset();
                    frames = 0;
                }
            }
        }
    }

    /** Ends the preview with the next frame. Any thread; returns at once. */
    void stop() {
        stopped = true;
    }

    /** Ends the preview and closes its device. Any thread; returns at once. */
    void abandon() {
        stopped = true;
        AudioSource open = source;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
    }

    /** Ends the preview and waits until the device is closed, 1.5 seconds at most. Any thread. */
    @Override
    public void close() {
        stopped = true;
        AudioSource open = source;
        if (open != null) {
            open.close();
        }
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
