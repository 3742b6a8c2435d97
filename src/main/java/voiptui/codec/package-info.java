/**
 * Codecs, a frame at a time: samples to payload, payload to samples, and concealment of missing frames.
 *
 * <p>Passive: an encoder runs on the capture thread, a decoder on the playout thread. Imports {@code audio}, {@code
 * audio.dsp} and {@code natives}.
 */
@NullMarked
package voiptui.codec;

import org.jspecify.annotations.NullMarked;
