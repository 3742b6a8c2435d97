package voiptui.cli.run;

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
 * Microphone and speaker of one call, open as far as they can be.
 *
 * @param place where the others are
 */
public record AudioPorts(MediaEnvironment place, OpenedDevice<AudioSource> microphone, OpenedDevice<AudioSink> speaker)
        implements AutoCloseable {

    /**
     * Opens both, or neither.
     *
     * @throws CommandFailure when the user asked for this very device or file, and it cannot be had
     */
    public static AudioPorts open(SoundOptions.Wishes wishes) throws CommandFailure {
        OpenedDevice<AudioSource> microphone = AudioOpening.open(
                AudioDirection.INPUT, wishes.microphone(), wishes.place().audio());
        try {
            return new AudioPorts(
                    wishes.place(),
                    microphone,
                    AudioOpening.open(
                            AudioDirection.OUTPUT,
                            wishes.speaker(),
                            wishes.place().audio()));
        } catch (CommandFailure failure) {
            closeIfOpen(microphone.opened());
            throw failure;
        }
    }

    /** As a phone takes them that makes one call, which is to be the only one. */
    public PhoneAudio forOneCall() {
        return new PhoneAudio(() -> microphone, () -> speaker, null, place);
    }

    /** Gives both back. */
    @Override
    public void close() {
        closeIfOpen(microphone.opened());
        closeIfOpen(speaker.opened());
    }

    private static void closeIfOpen(AudioEndpoint open) {
        if (open != null) {
            open.close();
        }
    }
}
