package voiptui.phone;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;

/**
 * The devices of a phone. Each is opened when a call or ringing starts, and closed when that ends.
 *
 * @param microphone returns the microphone for a call, open or to be opened later; never waits for a sound driver
 * @param speaker returns the speaker for a call, open or to be opened later; never waits for a sound driver
 * @param ringer the speaker that rings for incoming calls; null: the phone does not ring
 * @param environment the other devices, and the folder for recordings
 */
public record PhoneAudio(
        Supplier<OpenedDevice<AudioSource>> microphone,
        Supplier<OpenedDevice<AudioSink>> speaker,
        @Nullable DeviceRequest<AudioSink> ringer,
        MediaEnvironment environment) {}
