/**
 * Records both sides of a call to a stereo WAV file.
 *
 * <pre>
 * capture thread   {@link voiptui.media.record.RecordingTap} (sent)   → queue ┐
 * playout thread   {@link voiptui.media.record.RecordingTap} (heard)  → queue ┤
 * recorder thread                                      {@link voiptui.media.record.StereoMixer} → WAV file
 * </pre>
 *
 * <p>Imports {@code audio}, {@code audio.wav} and {@code event}.
 */
@NullMarked
package voiptui.media.record;

import org.jspecify.annotations.NullMarked;
