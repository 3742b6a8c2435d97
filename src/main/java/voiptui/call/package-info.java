/**
 * One call from registration to hanging up: its states, and the three ways that sound takes through the client.
 *
 * <pre>
 * capture thread   {@link voiptui.call.SendPipeline}     microphone, gain, level meter, mute, encoder, packetizer, socket
 * network thread   {@link voiptui.call.ReceivePipeline}  (socket,) parse, reception statistics, arrival queue
 * playout thread   {@link voiptui.call.PlayoutPipeline}  jitter buffer, decoder or concealer, tone, volume, speaker
 * call thread      {@link voiptui.call.CallMachine}      states, time-outs, retries
 * control thread   {@link voiptui.call.ControlThread}    questions to the relay, which may block
 * recorder thread  {@link voiptui.call.CallRecorder}     both sides, mixed to stereo, to a file
 * device threads   {@link voiptui.call.DeviceDesk}       opening, looking for, exchanging, listing, listening to devices
 * </pre>
 *
 * <p>{@link voiptui.call.CallAudio} is all of it that sounds, {@link voiptui.call.CallSession} a classic call around that.
 * Imports everything below; knows nothing of terminals or files of text.
 */
package voiptui.call;
