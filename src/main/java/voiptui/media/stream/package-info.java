/**
 * The packets of a call's two streams: what turns encoded audio into datagrams and datagrams into packets for the voice
 * receiver, with its statistics, feedback about losses, and retransmissions.
 *
 * <pre>
 * capture thread   {@link voiptui.media.stream.Packetizer}    encoded packet → header → datagram
 * network thread   {@link voiptui.media.stream.Depacketizer}  datagram → {@link voiptui.media.stream.StreamReceiver}
 *                                                             → arrival queue
 *                  {@link voiptui.media.stream.LossFeedback}  which packets are missing → NACK, reports
 *                  {@link voiptui.media.stream.Retransmitter} the peer's NACK → the packet again
 * </pre>
 *
 * <p>The pipelines of {@code media} own the threads. Imports {@code voice}, {@code audio}, {@code jitter}, {@code rtp},
 * {@code rtp.rtcp}, {@code rtp.repair}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media.stream;

import org.jspecify.annotations.NullMarked;
