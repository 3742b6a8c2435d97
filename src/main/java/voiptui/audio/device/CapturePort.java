package voiptui.audio.device;

import org.jspecify.annotations.Nullable;

/**
 * An open microphone of a driver, which never blocks its reader. Owned by the capture thread; any thread may call {@link
 * #close}.
 */
public interface CapturePort {

    /** Starts the device, so that it holds no older audio. */
    void start();

    /** Returns how many samples wait to be read. */
    int availableSamples();

    /** Reads {@code count} samples, which are available, into the front of {@code samples}. */
    void read(short[] samples, int count);

    /** Returns how old a sample is when it becomes available, in nanoseconds. */
    long deviceLatencyNs();

    /** Returns why the device stopped for good, for people, without its name: {@code was unplugged}; null while it works. */
    @Nullable
    String problem();

    /**
     * Returns how often the system has moved the stream to another device; a device may take a while until it runs. Never
     * blocks.
     */
    default int moves() {
        return 0;
    }

    /** Gives up the device; returns at once. */
    void close();
}
