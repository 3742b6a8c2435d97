package voiptui.media.stream;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.PacketOrigin;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SequenceTracker.Arrival;
import voiptui.rtp.TimestampExtender;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.time.PacketTime;

/**
 * Receives the media packets of one stream, in whatever packet format: reception statistics, then the arrival queue and the
 * history.
 *
 * <p>Owned by the network thread. Allocates nothing per packet.
 */
public final class StreamReceiver {

    private final ArrivalQueue arrivals;
    private final ReceivedPackets history;
    private final Counters counters;
    private final MediaSignals signals;
    private final InterarrivalJitter jitter;
    private final boolean numbered;
    private final SequenceTracker tracker = new SequenceTracker(PacketTime.NS);
    private final TimestampExtender extender = new TimestampExtender();
    private final PacketRate rate;
    private final double clockHz;
    private final SentCount sent = new SentCount();
    /** Packets expected of earlier sources. */
    private long expectedBefore;

    private int stream;
    private volatile double jitterMs;

    /**
     * Creates a receiver that has seen no packet.
     *
     * @param arrivals receives the payloads
     * @param history keeps them
     * @param jitter an estimator in the unit of the packets' timestamps
     * @param clockHz units of the timestamps per second
     * @param numbered whether packets have no timestamps: the extended sequence number then stands in
     */
    private StreamReceiver(
            MediaContext context,
            ArrivalQueue arrivals,
            ReceivedPackets history,
            InterarrivalJitter jitter,
            double clockHz,
            boolean numbered) {
        this.arrivals = arrivals;
        this.history = history;
        this.numbered = numbered;
        this.counters = context.counters();
        this.signals = context.signals();
        this.jitter = jitter;
        this.rate = new PacketRate(clockHz);
        this.clockHz = clockHz;
    }

    /** Returns a receiver of packets with timestamps of {@code clockHz} units per second. */
    public static StreamReceiver ofClock(
            int clockHz, MediaContext context, ArrivalQueue arrivals, ReceivedPackets history) {
        return new StreamReceiver(context, arrivals, history, InterarrivalJitter.ofClock(clockHz), clockHz, false);
    }

    /** Returns a receiver of packets without timestamps, 20 ms apart: their sequence numbers stand in. */
    public static StreamReceiver ofNumbers(MediaContext context, ArrivalQueue arrivals, ReceivedPackets history) {
        return new StreamReceiver(
                context, arrivals, history, new InterarrivalJitter(PacketTime.NS), 1000.0 / PacketTime.MS, true);
    }

    /**
     * Counts a packet and queues its payload.
     *
     * @param sequence 32-bit sequence number
     * @param timestamp time of sending, in the unit of the jitter estimator
     * @param datagram holds the payload from absolute index {@code payloadAt}; neither moved nor kept
     * @param payloadBytes length of the payload, in bytes
     * @param arrivalNs time of arrival, in nanoseconds of the call's clock
     * @return what kind of packet it was
     */
    public Arrival onMedia(
            int sequence, int timestamp, ByteBuffer datagram, int payloadAt, int payloadBytes, long arrivalNs) {
        Arrival arrival = tracker.onPacket(sequence, arrivalNs);
        sent.onPacket(timestamp);
        limit();
        if (arrival == Arrival.RESTARTED) {
            jitter.onNewStream();
            rate.onNewStream();
            stream++;
            signals.peerRestarted();
        }
        if (arrival != Arrival.DUPLICATE && arrival != Arrival.STRAY) {
            jitter.onPacket(timestamp, arrivalNs);
            jitterMs = jitter.jitterMs();
            long extended = numbered ? tracker.extended() : extender.extend(timestamp);
            rate.onPacket(tracker.extended(), extended, payloadBytes);
            if (!arrivals.offer(
                    stream, extended, arrivalNs, PacketOrigin.ORIGINAL, datagram, payloadAt, payloadBytes)) {
                counters.increment(Counter.PACKETS_QUEUE_FULL);
            }
            history.onPacket(tracker.extended(), sequence, extended, datagram, payloadAt, payloadBytes, arrivalNs);
        }
        signals.heard(arrivalNs);
        counters.add(Counter.RECEIVED_BYTES, RtpPacket.LOWER_LAYER_BYTES + datagram.remaining());
        counters.set(Counter.PACKETS_RECEIVED, tracker.received());
        counters.set(Counter.PACKETS_LOST, tracker.lost());
        counters.set(Counter.PACKETS_DUPLICATE, tracker.duplicates());
        counters.set(Counter.PACKETS_REORDERED, tracker.reordered());
        return arrival;
    }

    /**
     * Takes a copy in a packet that came: counts and statistics do not change.
     *
     * @param timestamp of the copy
     * @param playable whether it may be in time to be played
     */
    void onCopy(int timestamp, boolean playable, ByteBuffer datagram, int payloadAt, int payloadBytes, long arrivalNs) {
        long extended = extender.extend(timestamp);
        history.onCopy(extended, datagram, payloadAt, payloadBytes, arrivalNs);
        if (playable) {
            queue(PacketOrigin.COPY, extended, datagram, payloadAt, payloadBytes, arrivalNs);
        }
    }

    /**
     * Takes a packet that came again: counts and statistics do not change.
     *
     * @param sequence its original number
     * @param timestamp of the original
     * @param playable whether it may be in time to be played
     */
    void onRetransmission(
            int sequence,
            int timestamp,
            boolean playable,
            ByteBuffer datagram,
            int payloadAt,
            int payloadBytes,
            long arrivalNs) {
        long extended = extender.extend(timestamp);
        if (history.isAskedFor(sequence)) {
            counters.increment(Counter.PACKETS_HEALED);
        }
        history.onRetransmission(sequence, extended, datagram, payloadAt, payloadBytes, arrivalNs);
        if (playable) {
            queue(PacketOrigin.RETRANSMISSION, extended, datagram, payloadAt, payloadBytes, arrivalNs);
        }
    }

    private void queue(
            PacketOrigin origin, long timestamp, ByteBuffer datagram, int payloadAt, int bytes, long arrivalNs) {
        if (!arrivals.offer(stream, timestamp, arrivalNs, origin, datagram, payloadAt, bytes)) {
            counters.increment(Counter.PACKETS_QUEUE_FULL);
        }
    }

    /** Returns whether a packet is missing that was asked for although it can no longer be played. */
    boolean isAskedFor(int sequence) {
        return history.isAskedFor(sequence);
    }

    /** Treats the next packet as the first of a new source's stream. */
    public void expectNewStream() {
        expectedBefore = tracker.expected();
        sent.onNewSource();
        tracker.expectNewStream();
    }

    /**
     * Takes a sender report of the source: no more packets are expected than it has sent.
     *
     * @param packets packets sent, modulo 2^32
     * @param timestamp the time of the report, as an RTP timestamp
     */
    public void onSenderReport(long packets, int timestamp) {
        sent.onReport(packets, timestamp);
        limit();
        counters.set(Counter.PACKETS_LOST, tracker.lost());
    }

    private void limit() {
        double packetMs = rate.packetMs();
        double usedMs = packetMs > 0 ? packetMs : PacketTime.MS;
        long most = sent.most(usedMs * clockHz / 1000);
        tracker.limit(most == Long.MAX_VALUE ? most : expectedBefore + most);
    }

    /** Ends the stream: the peer sends no more of it. */
    public void onEndOfTransmission() {
        tracker.expectNewStream();
        signals.endOfTransmission();
    }

    public SequenceTracker tracker() {
        return tracker;
    }

    public InterarrivalJitter jitter() {
        return jitter;
    }

    /** Returns the length of the peer's packets in milliseconds. Any thread. */
    public double packetMs() {
        return rate.packetMs();
    }

    /** Returns the bit rate of the peer's encoded audio, without headers and copies; NaN: nothing was heard. Any thread. */
    public double bitsPerSecond() {
        return rate.bitsPerSecond();
    }

    /** Returns the interarrival jitter in milliseconds (RFC 3550, A.8). Any thread. */
    public double jitterMs() {
        return jitterMs;
    }
}
