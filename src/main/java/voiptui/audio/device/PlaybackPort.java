package voiptui.audio.device;

import org.jspecify.annotations.Nullable;

/**
 * An open speaker of a driver, which never blocks its writer. Owned by the playout thread; any thread may call {@link
 * #close}.
 */
public interface PlaybackPort {

    /** Starts the device; it has its first audio already. */
    void start();

    /** Returns how many samples were written that the device has not taken yet. */
    int queuedSamples();

    /** Writes the first {@code count} of {@code samples}. What does not fit is dropped. */
    void write(short[] samples, int count);

    /** Returns how long a sample waits after the device has taken it until it is heard, in nanoseconds. */
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
