package voiptui.cli;

import java.util.List;
import java.util.stream.Collectors;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioDevices;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSinks;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioSources;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.MicSpec;
import voiptui.audio.PcmFormat;
import voiptui.audio.SpeakerSpec;
import voiptui.call.AudioPort;
import voiptui.event.AudioDirection;
import voiptui.time.NanoClock;

/**
 * Opens what {@code --mic} and {@code --speaker} name. What was asked for by name must be had; without a system default
 * the call goes on one-way.
 */
final class AudioOpening {

    private AudioOpening() {
    }

    static AudioPort<AudioSource> microphone(MicSpec spec, String words, boolean loop, PcmFormat format)
            throws CommandFailure {
        return open(AudioDirection.INPUT, words, spec.isDevice(), spec instanceof MicSpec.WavFile,
                () -> AudioSources.open(spec, format, loop, NanoClock.SYSTEM));
    }

    static AudioPort<AudioSink> speaker(SpeakerSpec spec, String words, PcmFormat format) throws CommandFailure {
        return open(AudioDirection.OUTPUT, words, spec.isDevice(), false,
                () -> AudioSinks.open(spec, format, NanoClock.SYSTEM));
    }

    private static <T> AudioPort<T> open(AudioDirection direction, String words, boolean isDevice,
            boolean holdUntilHeard, AudioPort.Opening<T> opening) throws CommandFailure {
        AudioPort.Opening<T> reopening = isDevice ? opening : null;
        try {
            return new AudioPort<>(words, opening.open(), null, reopening, holdUntilHeard);
        } catch (AudioUnavailableException unavailable) {
            if (unavailable.namedByUser()) {
                throw new CommandFailure(ExitCode.NO_AUDIO, unavailable.getMessage()
                        + (unavailable.subject() == AudioUnavailableException.Subject.FILE ? ""
                                : "; " + choices(direction)));
            }
            return new AudioPort<>(words, null, unavailable.getMessage(), reopening, false);
        }
    }

    private static String choices(AudioDirection direction) {
        List<AudioDevice> devices = direction == AudioDirection.INPUT ? AudioDevices.inputs() : AudioDevices.outputs();
        return devices.isEmpty()
                ? "this machine has no " + direction.words()
                : "there are " + devices.stream().map(device -> device.index() + ": " + device.name())
                        .collect(Collectors.joining(", ")) + "; choose one with " + direction.option();
    }
}
