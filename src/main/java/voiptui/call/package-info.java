/**
 * One call from registration to hanging up: its states, and the three ways that sound takes through the client.
 *
 * <pre>
 * capture thread   {@link voiptui.media.SendPipeline}     microphone, gain, level meter, mute, encoder, packetizer, socket
 * network thread   {@link voiptui.media.ReceivePipeline}  (socket,) parse, reception statistics, arrival queue
 * playout thread   {@link voiptui.media.PlayoutPipeline}  jitter buffer, decoder or concealer, tone, volume, speaker
 * call thread      {@link voiptui.call.classic.ClassicCallMachine}      states, time-outs, retries
 * control thread   {@link voiptui.call.classic.ControlClient}    questions to the relay, which may block
 * recorder thread  {@link voiptui.media.record.CallRecorder}     both sides, mixed to stereo, to a file
 * device threads   {@link voiptui.media.device.DeviceManager}       opening, looking for, exchanging, listing, listening to devices
 * </pre>
 *
 * <p>{@link voiptui.media.MediaSession} is all of it that sounds, {@link voiptui.call.classic.ClassicCall} a classic call around that.
 * Imports everything below; knows nothing of terminals or files of text.
 */
@NullMarked
package voiptui.call;

import org.jspecify.annotations.NullMarked;
