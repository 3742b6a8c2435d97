/**
 * Opens, supervises, replaces, previews and lists the devices of a call.
 *
 * <pre>
 * capture thread          {@link voiptui.media.device.FailoverSource} → device, or silence while it is lost
 * playout thread          {@link voiptui.media.device.FailoverSink} → device, or discard while it is lost
 * voiptui-microphone,
 * voiptui-speaker         {@link voiptui.media.device.DeviceSupervisor}: opens, reopens and closes devices
 * voiptui-preview         {@link voiptui.media.device.MicrophonePreview}: measures a microphone that is not in use
 * voiptui-devices         {@link voiptui.media.device.DeviceManager}: lists devices
 * </pre>
 *
 * <p>No call into a sound driver that may block happens on a thread of the call. Imports {@code audio},
 * {@code audio.device}, {@code audio.dsp}, {@code audio.spec}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media.device;

import org.jspecify.annotations.NullMarked;
