package voiptui.audio.device;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;

/**
 * A way to the microphones and speakers of this machine.
 *
 * <p>Any thread that may wait {@value DriverThread#DEADLINE_MS} ms: a driver that hangs does so on a thread of its own.
 */
public interface AudioBackend {

    /** Returns its name for people, with the driver in use once that is known: {@code SDL (pulseaudio)}. */
    String name();

    /**
     * Returns the microphones that exist now.
     *
     * @throws AudioUnavailableException when the sound system does not answer in time, or cannot be used at all
     */
    List<AudioDevice> inputs() throws AudioUnavailableException;

    /**
     * Returns the speakers that exist now.
     *
     * @throws AudioUnavailableException when the sound system does not answer in time, or cannot be used at all
     */
    List<AudioDevice> outputs() throws AudioUnavailableException;

    /**
     * Opens a microphone.
     *
     * @param choice the device; null: the system's default
     * @throws AudioUnavailableException when none or several match, it cannot be opened, that takes too long, or it
     *     keeps no time
     */
    AudioSource openSource(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException;

    /**
     * Opens a speaker.
     *
     * @param choice the device; null: the system's default
     * @throws AudioUnavailableException when none or several match, it cannot be opened, that takes too long, or it
     *     keeps no time
     */
    AudioSink openSink(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException;

    /** Loads and connects to what is needed, so that the first device opens faster. */
    default void prepare() {}

    /** Returns a number that changes when devices come or go; constant where that cannot be noticed. Never blocks. */
    default int revision() {
        return 0;
    }
}
