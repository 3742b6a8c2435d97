package voiptui.phone;

import java.util.function.Supplier;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;

/**
 * What a phone speaks, hears and rings with. A device is opened for each call and each ringing, and given back after it.
 *
 * @param microphone opens the microphone for a call, or says why it cannot; may take a while
 * @param speaker opens the speaker for a call, or says why it cannot; may take a while
 * @param bell what rings when somebody calls; {@code null} for a phone that does not
 * @param place the other devices, and where recordings go
 */
public record PhoneAudio(
        Supplier<OpenedDevice<AudioSource>> microphone,
        Supplier<OpenedDevice<AudioSink>> speaker,
        DeviceRequest<AudioSink> bell,
        MediaEnvironment place) {}
