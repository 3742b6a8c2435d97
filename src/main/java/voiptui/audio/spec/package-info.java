/**
 * Parses the values of {@code --mic}, {@code --speaker} and {@code --audio-backend}, and opens what they name.
 *
 * <p>Parsing is stateless and never blocks; opening may block. Imports {@code audio}, {@code audio.device}, {@code
 * audio.device.sdl}, {@code audio.wav} and {@code time}.
 */
@NullMarked
package voiptui.audio.spec;

import org.jspecify.annotations.NullMarked;
