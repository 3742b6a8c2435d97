package voiptui.phone;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.RingTone;
import voiptui.media.device.DeviceRequest;

/**
 * Plays the ring tone on a speaker. Its own thread opens the device when ringing starts and closes it when ringing stops; a
 * speaker that cannot be opened does not ring.
 *
 * <p>{@link #ring} and {@link #close} belong to the phone's thread.
 */
final class Ringer implements AutoCloseable {

    private static final long JOIN_MS = 1500;

    private final @Nullable DeviceRequest<AudioSink> speaker;
    private final PcmFormat format;
    private final Thread thread = new Thread(this::run, "voiptui-ringer");
    private volatile boolean ringing;
    private volatile boolean closed;

    /**
     * Creates a ringer that does not ring yet.
     *
     * @param speaker the speaker; null: never rings
     */
    Ringer(@Nullable DeviceRequest<AudioSink> speaker, PcmFormat format, Thread.UncaughtExceptionHandler onBug) {
        this.speaker = speaker;
        this.format = format;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
        if (speaker != null) {
            thread.start();
        }
    }

    /** Starts or stops ringing; does not block. */
    void ring(boolean on) {
        ringing = on;
        LockSupport.unpark(thread);
    }

    private void run() {
        DeviceRequest<AudioSink> device = Objects.requireNonNull(speaker);
        while (!closed) {
            if (ringing) {
                try (AudioSink sink = device.open()) {
                    play(sink);
                } catch (AudioUnavailableException | AudioLostException noSpeaker) {
                    awaitChange(true);
                }
            } else {
                awaitChange(false);
            }
        }
    }

    private void awaitChange(boolean from) {
        while (ringing == from && !closed) {
            LockSupport.park(this);
        }
    }

    private void play(AudioSink sink) throws AudioLostException {
        RingTone tone = new RingTone(format);
        short[] frame = new short[format.frameSamples()];
        while (ringing && !closed) {
            sink.awaitRoom();
            tone.fill(frame);
            sink.write(frame);
        }
    }

    /** Stops ringing, closes the speaker and ends the thread; waits 1.5 s at most. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
