package voiptui.call;

import java.util.List;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.event.AudioDirection;

/** The microphones and speakers that a call may ask for by name. */
public interface AudioCatalog {

    /**
     * The microphone that {@code text} names, as {@code --mic} takes it; not opened yet.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    AudioWish<AudioSource> microphone(String text);

    /**
     * The speaker that {@code text} names, as {@code --speaker} takes it; not opened yet.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    AudioWish<AudioSink> speaker(String text);

    /** The devices there are now; asking may take a while. Any thread. */
    List<AudioDevice> devices(AudioDirection direction);
}
