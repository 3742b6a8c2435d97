package voiptui.audio.spec;

import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.audio.ToneSource;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.wav.WavSource;
import voiptui.time.NanoClock;

/** Opens what {@code --mic} names. */
public final class AudioSources {

    private AudioSources() {}

    /**
     * Opens the source; may block.
     *
     * @param loop whether a WAV file repeats
     * @param clock paces sources that are not devices
     * @param devices opens devices
     * @throws AudioUnavailableException when the device or file cannot be opened
     */
    public static AudioSource open(MicSpec spec, PcmFormat format, boolean loop, NanoClock clock, AudioBackend devices)
            throws AudioUnavailableException {
        if (spec instanceof MicSpec.WavFile wav) {
            return WavSource.open(wav.path(), format, loop, new FramePacer(format, clock));
        }
        if (spec instanceof MicSpec.Tone tone) {
            return new ToneSource(tone.hz(), format, new FramePacer(format, clock));
        }
        if (spec instanceof MicSpec.Silence) {
            return new SilenceSource(new FramePacer(format, clock));
        }
        if (spec instanceof MicSpec.Device device) {
            return devices.openSource(device.choice(), format);
        }
        return devices.openSource(null, format);
    }
}
