package voiptui.media;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.media.stream.Depacketizer;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramHandler;

/**
 * The network thread's work on a datagram: parse, reception statistics, arrival queue.
 *
 * <p>Counts and drops whatever is not a media or report packet, and everything until {@link #use}. Owned by the network
 * thread. Per packet nothing is allocated and nothing blocks.
 */
final class ReceivePipeline implements DatagramHandler {

    private final Counters counters;
    private final MediaSignals signals;
    /** Null until a packet format is negotiated. */
    private volatile @Nullable Depacketizer depacketizer;

    ReceivePipeline(MediaContext context) {
        this.counters = context.counters();
        this.signals = context.signals();
    }

    /** Parses datagrams with {@code media} from now on. Any thread. */
    void use(NegotiatedMedia media) {
        depacketizer = media.depacketizer();
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        Depacketizer negotiated = depacketizer;
        if (negotiated == null) {
            counters.increment(Counter.PACKETS_UNEXPECTED);
        } else {
            negotiated.onDatagram(datagram, arrivalNs);
        }
    }

    @Override
    public void onRefused() {
        signals.refused();
    }

    /** Returns how many of our packets the peer has reported as lost; -1: none yet. Any thread. */
    long peerLost() {
        Depacketizer negotiated = depacketizer;
        return negotiated == null ? -1 : negotiated.peerLost();
    }

    /** Returns the interarrival jitter in milliseconds (RFC 3550, A.8); 0 before {@link #use}. Any thread. */
    double jitterMs() {
        Depacketizer negotiated = depacketizer;
        return negotiated == null ? 0 : negotiated.jitterMs();
    }
}
