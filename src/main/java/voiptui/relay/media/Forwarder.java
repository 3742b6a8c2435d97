package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.hop.MediaSeal;
import voiptui.relay.media.measure.ForwardingTime;
import voiptui.relay.media.socket.LocalEnd;
import voiptui.rtp.ClassicPacket;

/**
 * The rules for a datagram that has arrived: finds the sender's flow, holds the sender to its rate, counts the datagram, and
 * sends it unchanged to the flow's receivers. Answers bind datagrams instead. Knows no sockets: a {@link DatagramBatch}
 * reads and writes.
 *
 * <p>For media, nothing is allocated or locked. Bad packets and network errors
 * are counted and never throw. Owned by one media thread.
 */
final class Forwarder {

    /** The shortest media packet: a sequence number and one byte. */
    static final int MIN_DATAGRAM_BYTES = ClassicPacket.HEADER_BYTES + 1;
    /** The longest packet forwarded. */
    static final int MAX_DATAGRAM_BYTES = ClassicPacket.MAX_DATAGRAM_BYTES;
    /** The longest packet between relays. */
    static final int MAX_SEALED_BYTES = MAX_DATAGRAM_BYTES + MediaSeal.TRAILER_BYTES;
    /** The version bits of RTP (RFC 3550, 5.1). A classic packet has them only after more than a year of a call. */
    private static final int RTP_MASK = 0xc0;

    private static final int RTP_VERSION = 0x80;

    private final FlowTable flows;
    private final BindHandler binds;
    private final MediaOutput output;
    private final SenderLimitLog limitLog;
    private final Counters counters;
    private final Consumer<InetSocketAddress> unknownSource;
    private final OwnThread thread;
    /** Null: not measured. */
    private @Nullable ForwardingTime time;

    /**
     * Creates a forwarder.
     *
     * @param output sends the datagrams
     * @param limitLog names senders that exceed their rate
     * @param unknownSource receives unknown senders whose address has registered, at a limited rate
     * @param thread the media thread that it belongs to
     */
    Forwarder(
            FlowTable flows,
            BindHandler binds,
            MediaOutput output,
            SenderLimitLog limitLog,
            Counters counters,
            Consumer<InetSocketAddress> unknownSource,
            OwnThread thread) {
        this.flows = flows;
        this.binds = binds;
        this.output = output;
        this.limitLog = limitLog;
        this.counters = counters;
        this.unknownSource = unknownSource;
        this.thread = thread;
    }

    /** Measures from now on how long datagrams take. */
    void measure(ForwardingTime meter) {
        time = meter;
    }

    /**
     * Notes that datagrams that were read together have been sent.
     *
     * @param readNs when they were read
     */
    void onSent(long readNs, int datagrams) {
        if (time != null && datagrams > 0) {
            time.onSent(readNs, datagrams);
        }
    }

    /**
     * Takes a datagram.
     *
     * @param flow the flow whose client sent it; null: none
     * @param sender returns the address that it came from; called within this method only, and rarely
     * @param arrivedAt where it came to
     */
    void onArrival(
            @Nullable Flow flow,
            Supplier<InetSocketAddress> sender,
            LocalEnd arrivedAt,
            ByteBuffer datagram,
            long nowNs) {
        countArrival(datagram);
        if (flow != null && flow.link != null) {
            onRelayed(flow.link, datagram, nowNs);
            return;
        }
        if (!hasForwardableLength(datagram.remaining()) || isTakenAsBind(flow, sender, arrivedAt, datagram, nowNs)) {
            return;
        }
        if (flow != null) {
            forward(flow, datagram, nowNs);
            return;
        }
        counters.increment(Counter.DROPPED_UNREGISTERED);
        if (!isRtp(datagram) && flows.mayAskAbout(sender.get(), nowNs)) {
            unknownSource.accept(sender.get());
        }
    }

    /** Takes a datagram that came from another relay's address. */
    private void onRelayed(RelayLink link, ByteBuffer datagram, long nowNs) {
        Flow party = link.open(datagram);
        if (party == null) {
            counters.increment(Counter.DROPPED_NOT_FROM_RELAY);
        } else if (hasForwardableLength(datagram.remaining())) {
            forward(party, datagram, nowNs);
        }
    }

    /** Takes a datagram that arrived through a client's tunnel. */
    void onTunnelled(Flow flow, ByteBuffer datagram, long nowNs) {
        countArrival(datagram);
        counters.increment(Counter.TUNNELLED);
        if (!hasForwardableLength(datagram.remaining())) {
            return;
        }
        if (BindDatagram.isRequest(datagram)) {
            // Proves no address.
            counters.increment(Counter.BINDS_REFUSED);
            return;
        }
        forward(flow, datagram, nowNs);
    }

    private void countArrival(ByteBuffer datagram) {
        counters.increment(Counter.ARRIVED);
        counters.add(Counter.ARRIVED_BYTES, datagram.remaining());
    }

    private boolean hasForwardableLength(int length) {
        if (length < MIN_DATAGRAM_BYTES) {
            counters.increment(Counter.DROPPED_UNDERSIZED);
            return false;
        }
        if (length > MAX_DATAGRAM_BYTES) {
            counters.increment(Counter.DROPPED_OVERSIZED);
            return false;
        }
        return true;
    }

    /**
     * Answers a bind datagram, or drops one that is not valid. Returns false for media. A valid signature tells more than the
     * sender's address: it makes a bind also of what comes from a classic client's address. Without one, a classic client's
     * packet is media if it has the length of one.
     */
    private boolean isTakenAsBind(
            @Nullable Flow flow,
            Supplier<InetSocketAddress> sender,
            LocalEnd arrivedAt,
            ByteBuffer datagram,
            long nowNs) {
        if (!BindDatagram.isRequest(datagram)) {
            return false;
        }
        BindSessions.Session session = binds.session(datagram);
        if (session != null && !thread.has(session.flow())) {
            if (!thread.passOn(session, datagram, sender.get(), arrivedAt)) {
                counters.increment(Counter.BINDS_REFUSED);
            }
            return true;
        }
        boolean signed = session != null && binds.isSignedBy(session, datagram, nowNs);
        if (!signed && flow != null && flow.bind == null && ClassicPacket.isMedia(datagram)) {
            return false;
        }
        if (session == null || !signed) {
            counters.increment(Counter.BINDS_REFUSED);
        } else {
            answer(session, datagram, sender.get(), arrivedAt, nowNs);
        }
        return true;
    }

    /** Takes a bind datagram that another media thread has read, and counted, and passed on. */
    void onPassedOn(
            BindSessions.Session session,
            ByteBuffer datagram,
            InetSocketAddress sender,
            LocalEnd arrivedAt,
            long nowNs) {
        if (!thread.has(session.flow())) {
            if (!thread.passOn(session, datagram, sender, arrivedAt)) {
                counters.increment(Counter.BINDS_REFUSED);
            }
        } else if (binds.isSignedBy(session, datagram, nowNs)) {
            answer(session, datagram, sender, arrivedAt, nowNs);
        } else {
            counters.increment(Counter.BINDS_REFUSED);
        }
    }

    private void answer(
            BindSessions.Session session,
            ByteBuffer datagram,
            InetSocketAddress sender,
            LocalEnd arrivedAt,
            long nowNs) {
        if (!binds.answer(session, datagram, sender, arrivedAt, nowNs)) {
            counters.increment(Counter.BINDS_REFUSED);
            return;
        }
        int sent = output.answer(arrivedAt, sender, datagram);
        if (sent != MediaOutput.SENT && sent != MediaOutput.QUEUED) {
            counters.increment(Counter.DROPPED_SEND_FAILED);
        }
    }

    /** Returns whether it is RTP, hence not from a classic client but from a v2 client that is not bound yet. */
    private static boolean isRtp(ByteBuffer datagram) {
        return (datagram.get(datagram.position()) & RTP_MASK) == RTP_VERSION;
    }

    private void forward(Flow flow, ByteBuffer datagram, long nowNs) {
        int length = datagram.remaining();
        flow.status.onHeard(nowNs, length, flow.bind == null && ClassicPacket.isEndOfTransmission(datagram));
        SenderLimit limit = flow.limit;
        if (limit != null && !limit.allows(length, nowNs)) {
            counters.increment(Counter.DROPPED_OVER_RATE);
            limitLog.onCut(flow, limit, nowNs);
            return;
        }
        Flow[] receivers = flow.receivers;
        if (receivers.length == 0) {
            counters.increment(Counter.DROPPED_NO_PEER);
        } else {
            flow.legs().onPacket(datagram, nowNs, receivers.length == 1 ? receivers[0].legs() : null);
        }
        for (Flow receiver : receivers) {
            if (receiver.hop == null) {
                sendTo(receiver, datagram, length);
            } else if (flow.hop == null) {
                sendToRelay(receiver.hop, datagram, length);
            } else {
                // Only local clients receive what comes from another relay.
                counters.increment(Counter.DROPPED_NO_PEER);
            }
        }
    }

    /** Sends to a client of another relay. A datagram goes to one at most, because its seal is written behind it. */
    private void sendToRelay(RelayLink.Hop hop, ByteBuffer datagram, int length) {
        int end = datagram.limit();
        Flow relay = RelayLink.seal(hop, datagram, thread.number());
        if (relay == null) {
            counters.increment(Counter.DROPPED_NO_PEER);
            return;
        }
        sendTo(relay, datagram, length);
        datagram.limit(end);
    }

    private void sendTo(Flow receiver, ByteBuffer datagram, int length) {
        MediaTunnel tunnel = receiver.tunnel;
        if (tunnel != null) {
            sendThrough(tunnel, datagram, length);
            return;
        }
        if (receiver.source == null) {
            counters.increment(Counter.DROPPED_NO_PEER);
            return;
        }
        int sent = output.send(receiver, datagram);
        if (sent == MediaOutput.SENT) {
            counters.increment(Counter.FORWARDED);
            counters.add(Counter.FORWARDED_BYTES, length);
        } else if (sent != MediaOutput.QUEUED) {
            counters.increment(
                    sent == MediaOutput.NO_ROOM ? Counter.DROPPED_SEND_BUFFER_FULL : Counter.DROPPED_SEND_FAILED);
        }
    }

    private void sendThrough(MediaTunnel tunnel, ByteBuffer datagram, int length) {
        if (tunnel.send(datagram)) {
            counters.increment(Counter.TUNNELLED);
            counters.increment(Counter.FORWARDED);
            counters.add(Counter.FORWARDED_BYTES, length);
        } else {
            counters.increment(Counter.DROPPED_TUNNEL_FULL);
        }
    }
}
