/**
 * Microphones and speakers of this machine through Java Sound.
 *
 * <p>"Line" here is always a Java Sound line ({@link javax.sound.sampled.DataLine}). {@link
 * voiptui.audio.device.LineOpener} opens it, {@link voiptui.audio.device.DeviceSource} and {@link
 * voiptui.audio.device.DeviceSink} read and write it on the thread that owns them, and {@link
 * voiptui.audio.device.LineWatch} notices when it stalls. Imports {@code audio} and {@code time}.
 */
@NullMarked
package voiptui.audio.device;

import org.jspecify.annotations.NullMarked;
