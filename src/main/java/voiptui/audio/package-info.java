/**
 * Sound in and out: microphones, speakers, WAV files, test tones, and how loud it all is.
 *
 * <p>Imports {@code time} only. Sound is mono, signed 16 bit, in frames of a fixed length ({@link
 * voiptui.audio.PcmFormat}). An {@link voiptui.audio.AudioSource} is the clock of the thread that captures, an {@link
 * voiptui.audio.AudioSink} that of the thread that plays; both block for the length of a frame and no longer, whether a
 * device, a file or nothing at all is behind them, and neither allocates per frame once warm.
 */
@NullMarked
package voiptui.audio;

import org.jspecify.annotations.NullMarked;
