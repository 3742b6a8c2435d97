/**
 * The media of a call: threads and pipelines that connect devices, codec, jitter buffer and network.
 *
 * <pre>
 * capture thread   {@link voiptui.media.SendPipeline}     microphone → voice processing → gain → level → mute → encoder →
 *                                                         packetizer → protect → socket
 * network thread   {@link voiptui.media.ReceivePipeline}  socket → unprotect → depacketizer → reception statistics → arrival queue
 * playout thread   {@link voiptui.media.PlayoutPipeline}  jitter buffer → decode or conceal → tone → volume → speaker
 * call thread      {@link voiptui.media.MediaSession}     starts and ends all of it, publishes statistics, reports to the peer
 * </pre>
 *
 * <p>From a negotiated codec to audio: {@link voiptui.media.MediaSession#connect} asks {@link voiptui.media.CodecFactory}
 * for a {@link voiptui.media.NegotiatedMedia} and hands it to the three pipelines. The network thread belongs to whoever
 * owns the socket. Imports {@code media.stream}, {@code media.device}, {@code media.record}, {@code media.secure}, {@code media.quality}, {@code crypto}, {@code identity}, {@code voice},
 * {@code audio}, {@code audio.dsp}, {@code audio.webrtc}, {@code codec}, {@code jitter}, {@code rtp},
 * {@code rtp.rtcp}, {@code rtp.repair}, {@code protocol.offer}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media;

import org.jspecify.annotations.NullMarked;
