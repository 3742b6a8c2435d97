/**
 * The format of WAV files: finds the sound among the chunks and decodes it, from integers to ADPCM.
 *
 * <p>Owned by the thread that reads the file. Imports nothing of ours.
 */
@NullMarked
package voiptui.audio.wav.format;

import org.jspecify.annotations.NullMarked;
