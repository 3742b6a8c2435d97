package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.DatagramHandler;

/**
 * The way in, pushed by whoever reads the network: parse, reception statistics, arrival queue.
 *
 * <p>Takes whatever comes; what is no media packet is counted and forgotten, and so is everything until it is agreed what
 * media packets look like. Owned by the network thread; per packet nothing is allocated and nothing waits.
 */
final class ReceivePipeline implements DatagramHandler {

    private final Counters counters;
    private final MediaSignals signals;
    private volatile Depacketizer receiver;

    ReceivePipeline(Counters counters, MediaSignals signals) {
        this.counters = counters;
        this.signals = signals;
    }

    /** From now on datagrams are what {@code agreed} takes. Any thread. */
    void receiveWith(Depacketizer agreed) {
        receiver = agreed;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        Depacketizer agreed = receiver;
        if (agreed == null) {
            counters.increment(Counter.PACKETS_UNEXPECTED);
        } else {
            agreed.onDatagram(datagram, arrivalNs);
        }
    }

    @Override
    public void onRefused() {
        signals.refused();
    }

    /** Interarrival jitter by now, in milliseconds (RFC 3550, A.8). Any thread. */
    double jitterMs() {
        Depacketizer agreed = receiver;
        return agreed == null ? 0 : agreed.jitterMs();
    }
}
