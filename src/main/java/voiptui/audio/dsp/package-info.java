/** Signal processing on mono frames: gain, level, silence detection, resampling, tones. */
package voiptui.audio.dsp;
