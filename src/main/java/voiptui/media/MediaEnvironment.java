package voiptui.media;

import java.nio.file.Path;
import java.time.InstantSource;
import voiptui.audio.PcmFormat;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.SystemDevices;
import voiptui.time.NanoClock;

/**
 * A call's environment: devices, recording folder, wall clock.
 *
 * @param audio the microphones and speakers that can be chosen during the call
 * @param folder the folder for recordings
 * @param wallClock names the recordings and dates the RTCP sender reports
 */
public record MediaEnvironment(DeviceCatalog audio, Path folder, InstantSource wallClock) {

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
