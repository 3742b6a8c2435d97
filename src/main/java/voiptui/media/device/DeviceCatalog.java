package voiptui.media.device;

import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;

/** The microphones and speakers that a call may ask for by name. */
public interface DeviceCatalog {

    /**
     * The microphone that {@code text} names, as {@code --mic} takes it; not opened yet.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    DeviceRequest<AudioSource> microphone(String text);

    /**
     * The speaker that {@code text} names, as {@code --speaker} takes it; not opened yet.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    DeviceRequest<AudioSink> speaker(String text);

    /** The devices there are now; asking may take a while. Any thread. */
    List<AudioDevice> devices(AudioDirection direction);
}
