package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.jitter.ArrivalQueue;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SequenceTracker.Arrival;

/**
 * What is done with each media packet of the peer, whatever it looks like: reception statistics, then the arrival queue.
 *
 * <p>Owned by the network thread. Allocates nothing for each packet.
 */
final class StreamReceiver {

    private static final long FRAME_NS = MediaConfig.FRAME_MS * 1_000_000L;

    private final ArrivalQueue arrivals;
    private final Counters counters;
    private final MediaSignals signals;
    private final InterarrivalJitter jitter;
    private final SequenceTracker tracker = new SequenceTracker(FRAME_NS);
    private volatile double jitterMs;

    /** @param jitter knows the unit of the packets' timestamps */
    StreamReceiver(ArrivalQueue arrivals, Counters counters, MediaSignals signals, InterarrivalJitter jitter) {
        this.arrivals = arrivals;
        this.counters = counters;
        this.signals = signals;
        this.jitter = jitter;
    }

    /** For packets without a timestamp: their numbers take its place. */
    static InterarrivalJitter jitterByNumber() {
        return new InterarrivalJitter(FRAME_NS);
    }

    /**
     * Takes a packet in.
     *
     * @param sequence its number, 32 bits
     * @param timestamp when it was sent, in the unit of the jitter
     * @param datagram has its payload at {@code payloadAt}
     */
    void onMedia(int sequence, int timestamp, ByteBuffer datagram, int payloadAt, int payloadBytes, long arrivalNs) {
        Arrival arrival = tracker.onPacket(sequence, arrivalNs);
        if (arrival == Arrival.RESTARTED) {
            jitter.onNewStream();
            signals.peerRestarted();
        }
        if (arrival != Arrival.DUPLICATE && arrival != Arrival.STRAY) {
            jitter.onPacket(timestamp, arrivalNs);
            jitterMs = jitter.jitterMs();
            if (!arrivals.offer(tracker.extended(), datagram, payloadAt, payloadBytes)) {
                counters.increment(Counter.PACKETS_QUEUE_FULL);
            }
        }
        signals.heard(arrivalNs);
        counters.set(Counter.PACKETS_RECEIVED, tracker.received());
        counters.set(Counter.PACKETS_LOST, tracker.lost());
        counters.set(Counter.PACKETS_DUPLICATE, tracker.duplicates());
        counters.set(Counter.PACKETS_REORDERED, tracker.reordered());
    }

    /** What comes next begins a stream. */
    void expectNewStream() {
        tracker.expectNewStream();
    }

    /** The peer said that it is done. */
    void onEndOfTransmission() {
        tracker.expectNewStream();
        signals.endOfTransmission();
    }

    SequenceTracker tracker() {
        return tracker;
    }

    InterarrivalJitter jitter() {
        return jitter;
    }

    /** Interarrival jitter by now, in milliseconds (RFC 3550, A.8). Any thread. */
    double jitterMs() {
        return jitterMs;
    }
}
