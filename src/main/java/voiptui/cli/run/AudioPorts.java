package voiptui.cli.run;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.wav.NewWavFile;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.SoundOptions;
import voiptui.event.AudioDirection;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.OpenedDevice;
import voiptui.phone.PhoneAudio;

/**
 * The microphone and speaker of one call, each open or with the reason why it is not.
 *
 * @param environment the other devices, and the folder for recordings
 */
public record AudioPorts(
        MediaEnvironment environment, OpenedDevice<AudioSource> microphone, OpenedDevice<AudioSink> speaker)
        implements AutoCloseable {

    /**
     * Opens both, or neither.
     *
     * @throws CommandFailure when the user named a device or file and it cannot be opened
     */
    public static AudioPorts open(SoundOptions.RequestedDevices devices) throws CommandFailure {
        OpenedDevice<AudioSource> microphone = AudioOpening.open(
                AudioDirection.INPUT,
                devices.microphone(),
                devices.environment().audio());
        try {
            return new AudioPorts(
                    devices.environment(),
                    microphone,
                    AudioOpening.open(
                            AudioDirection.OUTPUT,
                            devices.speaker(),
                            devices.environment().audio()));
        } catch (CommandFailure failure) {
            closeIfOpen(microphone.opened());
            throw failure;
        }
    }

    /**
     * Checks that both can be opened, leaving nothing behind.
     *
     * @param speakerFile the WAV file that is the speaker; null: it is none
     * @throws CommandFailure when the user named a device or file and it cannot be opened
     */
    public static void check(SoundOptions.RequestedDevices devices, @Nullable NewWavFile speakerFile)
            throws CommandFailure {
        if (speakerFile == null) {
            open(devices).close();
            return;
        }
        try {
            speakerFile.check(InstantSource.system());
        } catch (AudioUnavailableException unwritable) {
            throw new CommandFailure(ExitCode.NO_AUDIO, unwritable.getMessage());
        }
        closeIfOpen(AudioOpening.open(
                        AudioDirection.INPUT,
                        devices.microphone(),
                        devices.environment().audio())
                .opened());
    }

    /** Returns the devices for a phone that makes a single call. */
    public PhoneAudio forOneCall() {
        return new PhoneAudio(microphone, speaker, null, environment);
    }

    /** Closes both. */
    @Override
    public void close() {
        closeIfOpen(microphone.opened());
        closeIfOpen(speaker.opened());
    }

    private static void closeIfOpen(@Nullable AudioEndpoint open) {
        if (open != null) {
            open.close();
        }
    }
}
