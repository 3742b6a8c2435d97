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

    private final @Nullable DeviceRequest<AudioSink> speaker;
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

    /**
     * Returns the speaker for a call that is answered, which is opened when the ringer has closed its own, or after {@value #RELEASE_MS}
     * ms. To be called after {@code ring(false)}; one that is open already is returned as it is.
     */
    OpenedDevice<AudioSink> afterRinging(OpenedDevice<AudioSink> forCall) {
        if (speaker == null || forCall.opened() != null || forCall.problem() != null) {
            return forCall;
        }
        DeviceRequest<AudioSink> request = forCall.request();
        return OpenedDevice.later(new DeviceRequest<>(
                request.text(),
                () -> {
                    awaitRelease();
                    return request.open();
                },
                request.reopenable(),
                request.waitsForPeer()));
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
        DeviceRequest<AudioSink> device = Objects.requireNonNull(speaker);
        while (!closed) {
            if (ringing) {
                ringOn(device);
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
