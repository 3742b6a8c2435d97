package voiptui.media;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.identity.Identity;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.SystemDevices;
import voiptui.time.NanoClock;

/**
 * A call's environment: devices, recording folder, wall clock, identity.
 *
 * @param audio the microphones and speakers that can be chosen during the call
 * @param folder the folder for recordings
 * @param wallClock names the recordings and dates the RTCP sender reports
 * @param identity what this phone shows to the other side of an encrypted call; null: calls cannot be encrypted
 */
public record MediaEnvironment(
        DeviceCatalog audio,
        Path folder,
        InstantSource wallClock,
        @Nullable Identity identity) {

    /** An environment for calls that are not encrypted. */
    public MediaEnvironment(DeviceCatalog audio, Path folder, InstantSource wallClock) {
        this(audio, folder, wallClock, null);
    }

    /** Returns this environment with an identity for encrypted calls. */
    public MediaEnvironment with(Identity shown) {
        return new MediaEnvironment(audio, folder, wallClock, shown);
    }

    /**
     * Returns this machine's devices at the classic sample rate, and the current folder.
     *
     * @param loop whether a WAV file used as microphone repeats
     * @param clock paces files and tones
     */
    public static MediaEnvironment here(boolean loop, NanoClock clock) {
        return here(PcmFormat.CLASSIC, loop, clock);
    }

    /**
     * Returns this machine's devices and the current folder.
     *
     * @param format the sample format of the devices: {@link PcmFormat#OPUS} for v2 calls
     * @param loop whether a WAV file used as microphone repeats
     * @param clock paces files and tones
     */
    public static MediaEnvironment here(PcmFormat format, boolean loop, NanoClock clock) {
        return here(new SystemDevices(format, loop, clock));
    }

    /** Returns the current folder and these devices. */
    public static MediaEnvironment here(SystemDevices devices) {
        return new MediaEnvironment(devices, Path.of(""), InstantSource.system());
    }
}
