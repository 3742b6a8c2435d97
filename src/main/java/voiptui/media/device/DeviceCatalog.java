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

    /** Returns the devices that exist now. Asks the sound system, which may block. Any thread. */
    List<AudioDevice> devices(AudioDirection direction);
}
