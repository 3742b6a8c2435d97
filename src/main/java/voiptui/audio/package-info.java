/**
 * Audio sources and sinks, frames and pacing.
 *
 * <p>Audio is mono, signed 16 bit, in frames of a fixed length ({@link voiptui.audio.PcmFormat}). An {@link
 * voiptui.audio.AudioSource} is the clock of the capture thread, an {@link voiptui.audio.AudioSink} that of the playout
 * thread: both block for the length of a frame, whether they are backed by a device, a file or a {@link
 * voiptui.audio.FramePacer}, and neither allocates per frame once warm. Imports {@code time} only.
 */
@NullMarked
package voiptui.audio;

import org.jspecify.annotations.NullMarked;
