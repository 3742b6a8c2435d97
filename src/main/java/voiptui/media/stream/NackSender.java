package voiptui.media.stream;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpSource;
import voiptui.rtp.rtcp.RtcpWriter;

/** Asks the peer for packets again (RFC 4585, 6.2.1). Owned by the network thread. Allocates nothing per packet. */
public final class NackSender {

    private final RtpSource source;
    private final byte[] cname;
    private final DatagramSender sender;
    private final Counters counters;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);

    /** @param source our synchronization source */
    public NackSender(MediaContext context, RtpSource source, DatagramSender sender) {
        this.source = source;
        this.cname = source.cname();
        this.sender = sender;
        this.counters = context.counters();
    }

    /**
     * Asks for packets.
     *
     * @param ssrc the source of the packets
     * @param sequences their sequence numbers in order of sending
     * @param count how many of {@code sequences} are valid; 0: nothing is sent
     */
    void send(int ssrc, int[] sequences, int count) {
        if (count == 0) {
            return;
        }
        packet.clear();
        RtcpWriter.receiverReport(packet, source.ssrc(), null);
        RtcpWriter.cname(packet, source.ssrc(), cname);
        RtcpWriter.nack(packet, source.ssrc(), ssrc, sequences, count);
        if (sender.send(packet.flip()) >= 0) {
            counters.add(Counter.RETRANSMISSIONS_REQUESTED, count);
        }
    }
}
