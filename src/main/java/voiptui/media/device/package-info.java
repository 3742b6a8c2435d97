/**
 * Opens, supervises, replaces, previews, tries and lists the devices of calls.
 *
 * <pre>
 * capture thread          {@link voiptui.media.device.FailoverSource} → device, or silence while it is lost
 * playout thread          {@link voiptui.media.device.FailoverSink} → device, or discard while it is lost
 * voiptui-microphone,
 * voiptui-speaker         {@link voiptui.media.device.DeviceSupervisor}: opens, reopens and closes devices
 * voiptui-preview         {@link voiptui.media.device.MicrophonePreview}: measures a microphone that is not in use
 * voiptui-devices         {@link voiptui.media.device.DeviceBrowser}: lists devices
 * voiptui-echo-test       {@link voiptui.media.device.EchoTest}: records the user, and plays that, between calls
 * </pre>
 *
 * <p>No call into a sound driver that may block happens on a thread of the call. Imports {@code audio},
 * {@code audio.device}, {@code audio.dsp}, {@code audio.spec}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media.device;

import org.jspecify.annotations.NullMarked;
