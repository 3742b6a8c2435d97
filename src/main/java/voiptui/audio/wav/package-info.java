/** Reads and writes WAV files. */
@NullMarked
package voiptui.audio.wav;

import org.jspecify.annotations.NullMarked;
