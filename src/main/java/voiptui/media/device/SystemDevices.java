package voiptui.media.device;

import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.spec.AudioSinks;
import voiptui.audio.spec.AudioSources;
import voiptui.audio.spec.MicSpec;
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.event.AudioDirection;
import voiptui.time.NanoClock;

/**
 * The devices of this machine, and what can stand in for them: WAV files, a tone, silence.
 *
 * @param format sample format to open them with
 * @param loop whether a WAV file used as microphone repeats
 * @param clock paces files and tones
 * @param backend opens and lists devices
 * @param overwrite whether a WAV file used as speaker replaces an existing one
 */
public record SystemDevices(PcmFormat format, boolean loop, NanoClock clock, AudioBackend backend, boolean overwrite)
        implements DeviceCatalog {

    /** As above, with the devices of {@link SoundSystem#standard}. */
    public SystemDevices(PcmFormat format, boolean loop, NanoClock clock) {
        this(format, loop, clock, SoundSystem.standard(), false);
    }

    @Override
    public DeviceRequest<AudioSource> microphone(String text) {
        MicSpec spec = MicSpec.parse(text);
        return new DeviceRequest<>(
                text.strip(),
                () -> AudioSources.open(spec, format, loop, clock, backend),
                spec.isDevice(),
                spec instanceof MicSpec.WavFile);
    }

    @Override
    public DeviceRequest<AudioSink> speaker(String text) {
        SpeakerSpec parsed = SpeakerSpec.parse(text);
        SpeakerSpec spec = overwrite ? parsed.overwriting() : parsed;
        return new DeviceRequest<>(
                text.strip(), () -> AudioSinks.open(spec, format, clock, backend), spec.isDevice(), false);
    }

    @Override
    public List<AudioDevice> devices(AudioDirection direction) {
        try {
            return direction == AudioDirection.INPUT ? backend.inputs() : backend.outputs();
        } catch (AudioUnavailableException | RuntimeException noAnswer) {
            // Drivers throw when a device appears or vanishes meanwhile.
            return List.of();
        }
    }

    @Override
    public void prepare() {
        backend.prepare();
    }

    @Override
    public int revision() {
        return backend.revision();
    }
}
