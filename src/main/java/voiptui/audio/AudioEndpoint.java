package voiptui.audio;

import java.util.Optional;

/** A source or a sink of audio. */
public interface AudioEndpoint extends AutoCloseable {

    /** Returns its name for people: {@code microphone 'USB Headset'}, {@code file call.wav}. */
    String name();

    /**
     * Returns what is wrong with the device or file although it is used, for people; empty when nothing is. Any thread.
     */
    default Optional<String> warning() {
        return Optional.empty();
    }

    /**
     * Closes the device or file and wakes a thread that is blocked in it; audio that has not been played yet is dropped. Any
     * thread; may be called twice.
     */
    @Override
    void close();
}
