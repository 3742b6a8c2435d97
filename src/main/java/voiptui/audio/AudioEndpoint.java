package voiptui.audio;

/** One end of the way of the sound: where it comes from or where it goes to. */
public interface AudioEndpoint extends AutoCloseable {

    /** What it is, for people: {@code microphone 'USB Headset'}, {@code file call.wav}. */
    String name();

    /**
     * Gives the device or file back and wakes a thread that waits for it; what has not been heard yet is dropped. Any
     * thread. May be called twice.
     */
    @Override
    void close();
}
