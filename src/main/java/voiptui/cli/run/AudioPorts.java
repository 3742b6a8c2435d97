package voiptui.cli.run;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.cli.exit.CommandFailure;
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

    /** Returns the devices for a phone that makes a single call. */
    public PhoneAudio forOneCall() {
        return new PhoneAudio(() -> microphone, () -> speaker, null, environment);
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
