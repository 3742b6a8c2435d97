package voiptui.phone;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.RingTone;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;

/**
 * Plays the ring tone on a speaker. Its own thread opens the device when ringing starts and closes it when ringing stops; a
 * speaker that cannot be opened does not ring. Some hardware has room for one user: a call opens its speaker once the ringer has closed
 * its own ({@link #afterRinging}).
 *
 * <p>{@link #ring} and {@link #close} belong to the phone's thread.
 */
final class Ringer implements AutoCloseable {

    private static final long JOIN_MS = 1500;
    /** How long a call waits for the ringer's speaker to be closed, in milliseconds. */
    private static final long RELEASE_MS = 2_000;

    private final boolean rings;
    private volatile @Nullable DeviceRequest<AudioSink> speaker;
    /** Waits until nobody else has the speaker. */
    private volatile Runnable openAfter = () -> {};

    private final PcmFormat format;
    private final Thread thread = new Thread(this::run, "voiptui-ringer");
    /** Held while the ringer has a speaker, or is opening one. */
    private final Semaphore speakerUse = new Semaphore(1);

    private volatile boolean ringing;
    private volatile boolean closed;

    /**
     * Creates a ringer that does not ring yet.
     *
     * @param speaker the speaker; null: never rings
     */
    Ringer(@Nullable DeviceRequest<AudioSink> speaker, PcmFormat format, Thread.UncaughtExceptionHandler onBug) {
        this.rings = speaker != null;
        this.speaker = speaker;
        this.format = format;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
        if (rings) {
            thread.start();
        }
    }

    /** Rings on another speaker from the next ringing on, if it rings at all; a file stands in for calls only. */
    void use(DeviceRequest<AudioSink> other) {
        if (rings && other.reopenable()) {
            speaker = other;
        }
    }

    /** Has something run on the ringer's thread before it opens its speaker. */
    void openAfter(Runnable before) {
        openAfter = before;
    }

    /** Starts or stops ringing; does not block. */
    void ring(boolean on) {
        ringing = on;
        LockSupport.unpark(thread);
    }

    /**
     * Returns the speaker for a call that is answered, which is opened when the ringer has closed its own, or after {@value #RELEASE_MS}
     * ms. To be called after {@code ring(false)}; one that is open already is returned as it is.
     */
    OpenedDevice<AudioSink> afterRinging(OpenedDevice<AudioSink> forCall) {
        if (!rings || forCall.opened() != null || forCall.problem() != null) {
            return forCall;
        }
        return OpenedDevice.later(forCall.request().after(this::awaitRelease));
    }

    private void awaitRelease() {
        try {
            if (speakerUse.tryAcquire(RELEASE_MS, TimeUnit.MILLISECONDS)) {
                speakerUse.release();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            if (ringing) {
                ringOn(Objects.requireNonNull(speaker).after(openAfter));
            } else {
                awaitChange(false);
            }
        }
    }

    private void ringOn(DeviceRequest<AudioSink> device) {
        speakerUse.acquireUninterruptibly();
        boolean usable = true;
        try {
            // Asked again: a call may have been answered before the speaker was ours.
            if (ringing) {
                usable = playOn(device);
            }
        } finally {
            speakerUse.release();
        }
        if (!usable) {
            awaitChange(true);
        }
    }

    private boolean playOn(DeviceRequest<AudioSink> device) {
        try (AudioSink sink = device.open()) {
            play(sink);
            return true;
        } catch (AudioUnavailableException | AudioLostException noSpeaker) {
            return false;
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
