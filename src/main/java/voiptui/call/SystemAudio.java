package voiptui.call;

import java.util.List;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioDevices;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSinks;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioSources;
import voiptui.audio.MicSpec;
import voiptui.audio.PcmFormat;
import voiptui.audio.SpeakerSpec;
import voiptui.event.AudioDirection;
import voiptui.time.NanoClock;

/**
 * What this machine has to speak and to hear with: its devices, its files, a tone, silence.
 *
 * @param format of the sound
 * @param loop whether a file as microphone begins again at its end
 * @param clock paces what is not a device
 */
public record SystemAudio(PcmFormat format, boolean loop, NanoClock clock) implements AudioCatalog {

    @Override
    public AudioWish<AudioSource> microphone(String text) {
        MicSpec spec = MicSpec.parse(text);
        return new AudioWish<>(
                text.strip(),
                () -> AudioSources.open(spec, format, loop, clock),
                spec.isDevice(),
                spec instanceof MicSpec.WavFile);
    }

    @Override
    public AudioWish<AudioSink> speaker(String text) {
        SpeakerSpec spec = SpeakerSpec.parse(text);
        return new AudioWish<>(text.strip(), () -> AudioSinks.open(spec, format, clock), spec.isDevice(), false);
    }

    @Override
    public List<AudioDevice> devices(AudioDirection direction) {
        return direction == AudioDirection.INPUT ? AudioDevices.inputs() : AudioDevices.outputs();
    }
}
