package voiptui.relay.media.measure;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.BigEndian;
import voiptui.rtp.ClassicPacket;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.SequenceExtender;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SequenceTracker.Arrival;
import voiptui.time.PacketTime;

/**
 * Measures the two legs between one client of a call and the relay. What comes from the client is counted by the sequence
 * numbers of RTP or classic packets; what reaches the client, by the RTCP reports that it sends to its peer (RFC 3550, 6.4.1):
 * they tell the loss of the whole way, of which the peer's leg to the relay is known. Reads headers only, so the media
 * may be encrypted; encrypted reports tell nothing.
 *
 * <p>Written by one media thread at a time, without allocation; any thread may read.
 */
public final class LegMeter {

    private static final int RTP_VERSION = 2;
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SENDER_REPORT_BLOCKS_AT = 28;
    private static final int RECEIVER_REPORT_BLOCKS_AT = 8;
    private static final int BLOCK_BYTES = 24;
    private static final int LOST_AT = 5;

    private static final int EXPECTED = 0;
    private static final int RECEIVED = 1;
    private static final int JITTER_US = 2;
    private static final int DELIVERED = 3;
    private static final int DELIVERED_LOST = 4;
    /** The synchronization source, as an unsigned number; -1: none yet. */
    private static final int SOURCE = 5;

    private static final int LOST = 6;
    private static final int VALUES = 7;

    /** The meter of a client that has not been in a call yet: most have not, so they share it. Never written. */
    public static final LegMeter NO_CALL = new LegMeter();

    private final SequenceTracker tracker = new SequenceTracker(PacketTime.NS);
    private final SequenceExtender extender = new SequenceExtender();
    private final InterarrivalJitter opusJitter = InterarrivalJitter.ofClock(PayloadFormat.OPUS.clockHz());
    private final InterarrivalJitter pcmJitter = InterarrivalJitter.ofClock(PayloadFormat.L16.clockHz());
    private final InterarrivalJitter classicJitter = new InterarrivalJitter(PacketTime.NS);
    private final AtomicLongArray shared = new AtomicLongArray(VALUES);

    /** Creates a meter that has seen no packet. */
    public LegMeter() {
        shared.set(DELIVERED, -1);
        shared.set(SOURCE, -1);
    }

    /**
     * Counts a datagram of the client.
     *
     * @param peer the meter of the only receiver; null: there are several, whose reports cannot be told apart
     */
    public void onPacket(ByteBuffer datagram, long nowNs, @Nullable LegMeter peer) {
        if ((datagram.get(datagram.position()) & 0xff) >> 6 != RTP_VERSION) {
            onClassic(datagram, nowNs);
        } else if (RtpPacket.isRtcp(datagram)) {
            if (peer != null) {
                onReport(datagram, peer);
            }
        } else if (datagram.remaining() >= RtpPacket.HEADER_BYTES) {
            onRtp(datagram, nowNs);
        }
    }

    private void onClassic(ByteBuffer datagram, long nowNs) {
        if (!ClassicPacket.isMedia(datagram)) {
            return;
        }
        int sequence = ClassicPacket.sequence(datagram);
        if (sequence == ClassicPacket.EOT_SEQUENCE) {
            tracker.expectNewStream();
        } else {
            count(sequence, sequence, classicJitter, nowNs);
        }
    }

    private void onRtp(ByteBuffer datagram, long nowNs) {
        int at = datagram.position();
        int type = datagram.get(at + 1) & 0x7f;
        boolean isPcm = type == PayloadFormat.L16.payloadType();
        if (!isPcm && type != PayloadFormat.OPUS.payloadType() && type != PayloadFormat.RED_PAYLOAD_TYPE) {
            // Retransmissions have numbers of their own.
            return;
        }
        long source = Integer.toUnsignedLong(BigEndian.get32(datagram, at + 8));
        if (source != shared.getPlain(SOURCE)) {
            shared.lazySet(SOURCE, source);
            extender.onNewSource();
            tracker.expectNewStream();
        }
        count(
                extender.extend(BigEndian.get16(datagram, at + 2)),
                BigEndian.get32(datagram, at + 4),
                isPcm ? pcmJitter : opusJitter,
                nowNs);
    }

    private void count(int sequence, int timestamp, InterarrivalJitter jitter, long nowNs) {
        Arrival arrival = tracker.onPacket(sequence, nowNs);
        if (arrival == Arrival.RESTARTED) {
            jitter.onNewStream();
        }
        if (arrival != Arrival.DUPLICATE && arrival != Arrival.STRAY) {
            jitter.onPacket(timestamp, nowNs);
            shared.lazySet(JITTER_US, (long) (jitter.jitterMs() * 1_000));
        }
        shared.lazySet(RECEIVED, tracker.received());
        shared.lazySet(EXPECTED, tracker.expected());
        shared.lazySet(LOST, tracker.lost());
    }

    /** Reads what the client reports about {@code peer}, in the first part of a compound packet. */
    private void onReport(ByteBuffer datagram, LegMeter peer) {
        int begin = datagram.position();
        int type = datagram.get(begin + 1) & 0xff;
        long source = peer.shared.get(SOURCE);
        if (type != SENDER_REPORT && type != RECEIVER_REPORT || source < 0) {
            return;
        }
        int blocks = datagram.get(begin) & 0x1f;
        int at = begin + (type == SENDER_REPORT ? SENDER_REPORT_BLOCKS_AT : RECEIVER_REPORT_BLOCKS_AT);
        for (int i = 0; i < blocks && datagram.limit() - at >= BLOCK_BYTES; i++, at += BLOCK_BYTES) {
            if (Integer.toUnsignedLong(BigEndian.get32(datagram, at)) == source) {
                long lost = Math.max(0, BigEndian.get24(datagram, at + LOST_AT) - peer.shared.get(LOST));
                long delivered = peer.shared.get(RECEIVED);
                shared.lazySet(DELIVERED_LOST, Math.min(lost, delivered));
                shared.lazySet(DELIVERED, delivered);
                return;
            }
        }
    }

    /** Returns the packets that the client sent, as far as their numbers tell. */
    public long expected() {
        return shared.get(EXPECTED);
    }

    /** Returns the packets lost between the client and the relay, at most {@link #expected}. */
    public long lost() {
        return Math.max(0, shared.get(EXPECTED) - shared.get(RECEIVED));
    }

    /** Returns the interarrival jitter of the client's packets at the relay, in microseconds (RFC 3550, 6.4.1). */
    public long jitterUs() {
        return shared.get(JITTER_US);
    }

    /** Returns the packets that the relay had for the client when that reported last; -1: it has not reported. */
    public long forwarded() {
        return shared.get(DELIVERED);
    }

    /** Returns how many of {@link #forwarded} were lost between the relay and the client. */
    public long forwardedLost() {
        return shared.get(DELIVERED_LOST);
    }
}
