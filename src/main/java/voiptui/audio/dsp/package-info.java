/** Signal processing on mono frames: gain, level, silence detection, resampling, tones. */
@NullMarked
package voiptui.audio.dsp;

import org.jspecify.annotations.NullMarked;
