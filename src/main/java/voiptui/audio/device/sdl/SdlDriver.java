package voiptui.audio.device.sdl;

import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;

/**
 * The calls into SDL, which a test replaces. Those of a stream's audio are for its audio thread and never block; all others
 * are for the SDL thread and block while the sound server hangs.
 */
interface SdlDriver {

    /** Stands for the system's default device. */
    int DEFAULT_DEVICE = 0;

    /** Receives what {@link #poll} found. */
    @FunctionalInterface
    interface Removals {

        /** Notes that the device, or the stream's device, with this number is gone. */
        void onRemoved(int device);
    }

    /** Direction of a device. */
    enum Direction {
        CAPTURE,
        PLAYBACK
    }

    /** Loads the library; throws a {@link LinkageError} that says why if that is not possible. */
    void load();

    /** Connects to the sound server; returns its driver's name, or null if there is none. */
    @Nullable
    String connect();

    /** Disconnects from the sound server. No stream may be open. */
    void disconnect();

    /** Returns the numbers of the devices that exist. A number is never used again. */
    int[] devices(Direction direction);

    /** Returns the name of a device, or of a stream's device at the moment; null when it is gone for good. */
    @Nullable
    String nameOf(int device);

    /** Returns sample rate and channels of a device, for people; may be empty. */
    String formatOf(int device);

    /**
     * Looks for news.
     *
     * @return whether the list of devices may have changed
     */
    boolean poll(Removals removals);

    /**
     * Opens a device; it starts at once.
     *
     * @param blockSamples samples that the device takes or delivers at a time, as a wish
     * @return the stream; 0 on failure, see {@link #error}
     */
    long open(Direction direction, int device, PcmFormat format, int blockSamples);

    /** Returns the number under which {@link #poll} and {@link #nameOf} know the stream. */
    int numberOf(long stream);

    /** Returns how many samples the device takes or delivers at a time. */
    int blockSamplesOf(long stream);

    /** Returns the reason of the last failure, for people. */
    String error();

    /** Drops all audio that waits in a stream. */
    void clear(long stream);

    /** Closes a stream. */
    void close(long stream);

    /** Returns how many samples can be read. Audio thread. */
    int available(long stream);

    /** Returns how many samples were written that the device has not taken yet. Audio thread. */
    int queued(long stream);

    /** Reads {@code count} samples, which are available, to the front of a direct buffer. Audio thread. */
    void read(long stream, ShortBuffer samples, int count);

    /** Writes {@code count} samples from the front of a direct buffer. Audio thread. */
    void write(long stream, ShortBuffer samples, int count);

    /** Drops what a microphone delivered so far; does nothing to a speaker. Audio thread. */
    void discardCaptured(long stream);
}
