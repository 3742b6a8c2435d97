/**
 * Signal processing on mono frames: gain, level, silence detection, resampling, tones; the interface of voice processing.
 *
 * <p>Passive: runs on the audio thread that calls it, and allocates nothing per frame. Imports {@code audio} only.
 */
@NullMarked
package voiptui.audio.dsp;

import org.jspecify.annotations.NullMarked;
