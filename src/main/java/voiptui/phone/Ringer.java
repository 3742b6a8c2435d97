package voiptui.phone;

import java.util.concurrent.locks.LockSupport;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.RingTone;
import voiptui.media.device.DeviceRequest;

/**
 * Rings on a speaker, on a thread of its own, which opens the device when it begins and gives it back when it ends. A
 * speaker that cannot be had keeps nobody from answering.
 *
 * <p>{@link #ring} and {@link #close} belong to the phone's thread.
 */
final class Ringer implements AutoCloseable {

    private static final long JOIN_MS = 1500;

    private final DeviceRequest<AudioSink> speaker;
    private final PcmFormat format;
    private final Thread thread = new Thread(this::run, "voiptui-ringer");
    private volatile boolean ringing;
    private volatile boolean closed;

    /** Does not ring yet; {@code speaker} may be {@code null}, then it never will. */
    Ringer(DeviceRequest<AudioSink> speaker, PcmFormat format, Thread.UncaughtExceptionHandler onBug) {
        this.speaker = speaker;
        this.format = format;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
        if (speaker != null) {
            thread.start();
        }
    }

    /** Rings, or stops. Never waits. */
    void ring(boolean on) {
        ringing = on;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            if (ringing) {
                try (AudioSink sink = speaker.open()) {
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

    /** Stops ringing, gives the speaker back, and ends the thread. */
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
