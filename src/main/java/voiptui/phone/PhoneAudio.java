package voiptui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;

/**
 * The devices with which a phone starts. Each is opened when a call or ringing starts, and closed when that ends.
 *
 * @param microphone the microphone, to be opened later; open already for a phone that makes a single call
 * @param speaker the speaker, the same
 * @param ringer the speaker that rings for incoming calls; null: the phone does not ring
 * @param environment the other devices, and the folder for recordings
 */
public record PhoneAudio(
        OpenedDevice<AudioSource> microphone,
        OpenedDevice<AudioSink> speaker,
        @Nullable DeviceRequest<AudioSink> ringer,
        MediaEnvironment environment) {}
