package voiptui.media.device;

import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;

/** The microphones and speakers that can be chosen for a call. */
public interface DeviceCatalog {

    /**
     * Parses a value of {@code --mic}; opens nothing.
     *
     * @throws IllegalArgumentException when the value is invalid; the message is one line for people
     */
    DeviceRequest<AudioSource> microphone(String text);

    /**
     * Parses a value of {@code --speaker}; opens nothing.
     *
     * @throws IllegalArgumentException when the value is invalid; the message is one line for people
     */
    DeviceRequest<AudioSink> speaker(String text);

    /** Returns the devices that exist now; none if the sound system does not answer within a second. Any thread. */
    List<AudioDevice> devices(AudioDirection direction);

    /** Has the first device open faster; may take a second. Any thread. */
    default void prepare() {}

    /** Returns a number that changes when devices come or go; constant where that cannot be noticed. Never blocks. */
    default int revision() {
        return 0;
    }
}
