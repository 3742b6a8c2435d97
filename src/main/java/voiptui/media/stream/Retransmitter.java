package voiptui.media.stream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.DatagramSender;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.repair.SentPackets;
import voiptui.time.NanoClock;

/** Sends packets again that the peer asks for (RFC 4588). Owned by the network thread. Allocates nothing per packet. */
public final class Retransmitter {

    private final RtxPacket retransmission;
    private final DatagramSender sender;
    private final Counters counters;
    private final NanoClock clock;

    /**
     * Creates a retransmitter.
     *
     * @param sent keeps the packets sent
     * @param format of the packets that can be sent again
     * @param ssrc the source of the retransmissions
     * @param firstSequence sequence number of the first one
     */
    public Retransmitter(
            MediaContext context,
            SentPackets sent,
            PayloadFormat format,
            int ssrc,
            int firstSequence,
            DatagramSender sender) {
        this.retransmission = new RtxPacket(sent, ssrc, firstSequence);
        this.retransmission.map(format.payloadType(), PayloadFormat.RTX_PAYLOAD_TYPE);
        this.retransmission.map(PayloadFormat.RED_PAYLOAD_TYPE, PayloadFormat.RED_RTX_PAYLOAD_TYPE);
        this.sender = sender;
        this.counters = context.counters();
        this.clock = context.clock();
    }

    /**
     * Sends the packet with a sequence number again, unless it was long ago or asked for too often.
     *
     * @param onlyOld whether to refuse packets that could still be played
     */
    public void onNack(int sequence, boolean onlyOld) {
        @Nullable ByteBuffer packet = retransmission.build(sequence, onlyOld, clock.nanoTime());
        if (packet == null) {
            counters.increment(Counter.RETRANSMISSIONS_REFUSED);
        } else {
            int bytes = RtpPacket.LOWER_LAYER_BYTES + packet.remaining();
            if (sender.send(packet) >= 0) {
                counters.add(Counter.SENT_BYTES, bytes);
                counters.increment(Counter.RETRANSMISSIONS_SENT);
            }
        }
    }
}
