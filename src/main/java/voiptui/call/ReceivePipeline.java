package voiptui.call;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.jitter.ArrivalQueue;
import voiptui.net.DatagramTransport;
import voiptui.rtp.ClassicPacket;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SequenceTracker.Arrival;
import voiptui.time.NanoClock;

/**
 * The network thread: socket, parse, reception statistics, arrival queue.
 *
 * <p>Takes whatever comes; what is no media packet is counted and forgotten. Per packet nothing is allocated and nothing
 * waits but the socket.
 */
final class ReceivePipeline implements Runnable {

    private static final long FRAME_NS = ClassicPacket.FRAME_MS * 1_000_000L;
    /** A socket that fails at once, again and again, must not turn into a busy loop. */
    private static final long FAILURE_PAUSE_NS = 20_000_000L;

    /** What was overtaken by its own end-of-transmission is no beginning of another stream. */
    private static final long STRAGGLER_NS = 200_000_000L;

    private final DatagramTransport transport;
    private final ArrivalQueue arrivals;
    private final Counters counters;
    private final CallSignals signals;
    private final NanoClock clock;
    private final SequenceTracker tracker = new SequenceTracker(FRAME_NS);
    private final InterarrivalJitter jitter = new InterarrivalJitter(FRAME_NS);
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES);
    private long deafUntilNs;
    private boolean deaf;
    private volatile double jitterMs;

    ReceivePipeline(DatagramTransport transport, ArrivalQueue arrivals, Counters counters, CallSignals signals,
            NanoClock clock) {
        this.transport = transport;
        this.arrivals = arrivals;
        this.counters = counters;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public void run() {
        while (true) {
            datagram.clear();
            int received = transport.receive(datagram);
            if (received == DatagramTransport.CLOSED) {
                return;
            }
            if (received >= 0) {
                datagram.flip();
                onDatagram(clock.nanoTime());
            } else if (received == DatagramTransport.REFUSED) {
                signals.refused();
            } else {
                LockSupport.parkNanos(FAILURE_PAUSE_NS);
            }
        }
    }

    private void onDatagram(long arrivalNs) {
        if (!ClassicPacket.isMedia(datagram)) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (ClassicPacket.isEndOfTransmission(datagram)) {
            tracker.expectNewStream();
            deaf = true;
            deafUntilNs = arrivalNs + STRAGGLER_NS;
            signals.endOfTransmission();
        } else if (deaf && deafUntilNs - arrivalNs > 0) {
            counters.increment(Counter.PACKETS_AFTER_END);
        } else {
            deaf = false;
            onMedia(arrivalNs);
        }
    }

    private void onMedia(long arrivalNs) {
        Arrival arrival = tracker.onPacket(ClassicPacket.sequence(datagram), arrivalNs);
        switch (arrival) {
            case NEWEST, REORDERED -> accept(arrivalNs);
            case RESTARTED -> {
                jitter.onNewStream();
                signals.peerRestarted();
                accept(arrivalNs);
            }
            case DUPLICATE, STRAY -> { }
        }
        signals.heard(arrivalNs);
        counters.set(Counter.PACKETS_RECEIVED, tracker.received());
        counters.set(Counter.PACKETS_LOST, tracker.lost());
        counters.set(Counter.PACKETS_DUPLICATE, tracker.duplicates());
        counters.set(Counter.PACKETS_REORDERED, tracker.reordered());
    }

    private void accept(long arrivalNs) {
        jitter.onPacket(tracker.extended(), arrivalNs);
        jitterMs = jitter.jitterMs();
        if (!arrivals.offer(tracker.extended(), datagram, ClassicPacket.HEADER_BYTES)) {
            counters.increment(Counter.PACKETS_QUEUE_FULL);
        }
    }

    /** Interarrival jitter by now, in milliseconds (RFC 3550, A.8). Any thread. */
    double jitterMs() {
        return jitterMs;
    }
}
