package voiptui.media.device;

import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.AudioDevices;
import voiptui.audio.spec.AudioSinks;
import voiptui.audio.spec.AudioSources;
import voiptui.audio.spec.MicSpec;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.event.AudioDirection;
import voiptui.time.NanoClock;

/**
 * The devices of this machine, and what can stand in for them: WAV files, a tone, silence.
 *
 * @param format sample format to open them with
 * @param loop whether a WAV file used as microphone repeats
 * @param clock paces files and tones
 */
public record SystemDevices(PcmFormat format, boolean loop, NanoClock clock) implements DeviceCatalog {

    @Override
    public DeviceRequest<AudioSource> microphone(String text) {
        MicSpec spec = MicSpec.parse(text);
        return new DeviceRequest<>(
                text.strip(),
                () -> AudioSources.open(spec, format, loop, clock),
                spec.isDevice(),
                spec instanceof MicSpec.WavFile);
    }

    @Override
    public DeviceRequest<AudioSink> speaker(String text) {
        SpeakerSpec spec = SpeakerSpec.parse(text);
        return new DeviceRequest<>(text.strip(), () -> AudioSinks.open(spec, format, clock), spec.isDevice(), false);
    }

    @Override
    public List<AudioDevice> devices(AudioDirection direction) {
        return direction == AudioDirection.INPUT ? AudioDevices.inputs() : AudioDevices.outputs();
    }
}
