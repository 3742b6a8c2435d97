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
 * What this machine has to speak and to hear with: its devices, its files, a tone, silence.
 *
 * @param format of the sound
 * @param loop whether a file as microphone begins again at its end
 * @param clock paces what is not a device
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
