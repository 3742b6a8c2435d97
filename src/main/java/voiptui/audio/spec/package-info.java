/**
 * Parses the values of {@code --mic} and {@code --speaker} and opens what they name.
 *
 * <p>Parsing is stateless and never blocks; opening may block. Imports {@code audio}, {@code audio.device}, {@code
 * audio.wav} and {@code time}.
 */
@NullMarked
package voiptui.audio.spec;

import org.jspecify.annotations.NullMarked;
