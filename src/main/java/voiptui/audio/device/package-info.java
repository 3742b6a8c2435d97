/**
 * Microphones and speakers of this machine.
 *
 * <p>{@link voiptui.audio.device.DeviceSource} and {@link voiptui.audio.device.DeviceSink} pace the audio threads, stand in
 * with silence for a device that stalls, and notice when it is lost. Under them is a {@link
 * voiptui.audio.device.CapturePort} or {@link voiptui.audio.device.PlaybackPort} of an {@link
 * voiptui.audio.device.AudioBackend}: SDL's is in {@code audio.device.sdl}, that of Java Sound ({@link
 * voiptui.audio.device.JavaSound}) here. "Line" is always a line of Java Sound. Whatever may block runs on a {@link
 * voiptui.audio.device.DriverThread}. Imports {@code audio} and {@code time}.
 */
@NullMarked
package voiptui.audio.device;

import org.jspecify.annotations.NullMarked;
