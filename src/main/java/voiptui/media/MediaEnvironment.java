package voiptui.media;

import java.nio.file.Path;
import java.time.InstantSource;
import voiptui.audio.PcmFormat;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.SystemDevices;
import voiptui.time.NanoClock;

/**
 * Where a call takes place: what it finds there besides what it is given.
 *
 * @param audio the microphones and speakers to be had during the call
 * @param folder where recordings go
 * @param wallClock names them
 */
public record MediaEnvironment(DeviceCatalog audio, Path folder, InstantSource wallClock) {

    /**
     * This machine and its current folder, for classic calls.
     *
     * @param loop whether a file as microphone begins again at its end
     * @param clock paces what is not a device
     */
    public static MediaEnvironment here(boolean loop, NanoClock clock) {
        return here(PcmFormat.CLASSIC, loop, clock);
    }

    /**
     * This machine and its current folder.
     *
     * @param format what the devices are to run at: {@link PcmFormat#OPUS} for calls of the second protocol
     * @param loop whether a file as microphone begins again at its end
     * @param clock paces what is not a device
     */
    public static MediaEnvironment here(PcmFormat format, boolean loop, NanoClock clock) {
        return new MediaEnvironment(new SystemDevices(format, loop, clock), Path.of(""), InstantSource.system());
    }
}
