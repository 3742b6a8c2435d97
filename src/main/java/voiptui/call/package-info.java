/**
 * One call from registration to hanging up: its states, and the three ways that sound takes through the client.
 *
 * <pre>
 * capture thread   {@link voiptui.call.SendPipeline}     microphone, level meter, encoder, packetizer, socket
 * network thread   {@link voiptui.call.ReceivePipeline}  socket, parse, reception statistics, arrival queue
 * playout thread   {@link voiptui.call.PlayoutPipeline}  jitter buffer, decoder or concealer, speaker
 * call thread      {@link voiptui.call.CallMachine}      states, time-outs, retries
 * control thread   {@link voiptui.call.ControlThread}    questions to the relay, which may block
 * </pre>
 *
 * <p>{@link voiptui.call.CallSession} puts them together and takes them apart. Imports everything below; knows nothing of
 * terminals or files of text.
 */
package voiptui.call;
