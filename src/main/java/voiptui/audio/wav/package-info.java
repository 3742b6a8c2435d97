/**
 * Reads and writes WAV files.
 *
 * <p>{@link voiptui.audio.wav.WavSource} reads ahead on a thread of its own; everything else runs on the thread that owns
 * the source or sink. Imports {@code audio},
 * {@code audio.dsp}, {@code audio.wav.format} and {@code files}.
 */
@NullMarked
package voiptui.audio.wav;

import org.jspecify.annotations.NullMarked;
