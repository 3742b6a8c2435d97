/**
 * Microphones and speakers through SDL 3: real names, hot-plug, the system's default as it changes.
 *
 * <pre>
 * voiptui-sdl           {@link voiptui.audio.device.sdl.SdlSystem}: lists and opens devices, sees them come and go
 * voiptui-sdl-close     closes devices
 * audio threads         {@link voiptui.audio.device.sdl.SdlStream}: reads and writes, never blocks
 * </pre>
 *
 * <p>SDL has threads of its own between its streams and the sound server. They hold a stream's lock only to copy audio, never
 * while they wait for the sound server. Imports {@code audio}, {@code audio.device}, {@code natives} and {@code time}.
 */
@NullMarked
package voiptui.audio.device.sdl;

import org.jspecify.annotations.NullMarked;
