/**
 * Records both sides of a call to a stereo WAV file.
 *
 * <pre>
 * capture thread   {@link voiptui.media.record.RecordingTap}                       → queue ┐
 * network thread   {@link voiptui.rtp.repair.ReceivedPackets}                    → history ┤
 * recorder thread                  {@link voiptui.media.record.RecordingMixer} → WAV file
 * </pre>
 *
 * <p>Imports {@code audio}, {@code audio.dsp}, {@code audio.wav}, {@code rtp.repair}, {@code voice}, {@code event} and
 * {@code time}.
 */
@NullMarked
package voiptui.media.record;

import org.jspecify.annotations.NullMarked;
