package voiptui.relay.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;
import voiptui.rtp.ClassicPacket;

/**
 * The way of one packet through the relay: read it, know its sender, note it, pass it on untouched to the sender's peer. A
 * bind datagram is answered instead.
 *
 * <p>From a client's own socket to a client's own socket nothing is allocated, locked or looked up. Whatever a packet or
 * the network does is counted, and never throws. Owned by the media thread.
 */
final class Forwarder {

    /** A sequence number and one byte: the least that can be media. */
    static final int MIN_DATAGRAM_BYTES = ClassicPacket.HEADER_BYTES + 1;
    /** The most that is passed on. */
    static final int MAX_DATAGRAM_BYTES = ClassicPacket.MAX_DATAGRAM_BYTES;
    /** How many packets of the shared socket are taken before the clients' own sockets get their turn. */
    private static final int SHARED_BATCH = 32;
    /** The two bits that RTP begins with (RFC 3550, 5.1), and no classic packet of the first year of a call. */
    private static final int RTP_MASK = 0xc0;

    private static final int RTP_VERSION = 0x80;

    private final DatagramChannel shared;
    private final FlowTable flows;
    private final BindHandler binds;
    private final Counters counters;
    private final Consumer<InetSocketAddress> unknownSource;
    /** One byte longer than the longest packet, so that a longer one shows. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES + 1);

    /**
     * Prepares the way.
     *
     * @param unknownSource told of a sender that is not known although its address has registered; now and then, not
     *     for each packet
     */
    Forwarder(
            DatagramChannel shared,
            FlowTable flows,
            BindHandler binds,
            Counters counters,
            Consumer<InetSocketAddress> unknownSource) {
        this.shared = shared;
        this.flows = flows;
        this.binds = binds;
        this.counters = counters;
        this.unknownSource = unknownSource;
    }

    /** Takes one packet from a client's own socket, which is ready. Returns how many it took, 0 or 1. */
    int takeFrom(Flow flow, long nowNs) {
        buffer.clear();
        int length;
        try {
            length = flow.channel.read(buffer);
        } catch (PortUnreachableException refused) {
            noteRefusal(flow);
            return 0;
        } catch (IOException unreachable) {
            // Another ICMP error than "nobody listens": a router's, which says nothing of the client itself.
            counters.increment(Counter.DROPPED_UNREACHABLE);
            return 0;
        }
        buffer.flip();
        if (hasForwardableLength(length)) {
            if (flow.bind != null && BindDatagram.isRequest(buffer)) {
                answerBind(flow.channel, flow.source, nowNs);
            } else {
                forward(flow, nowNs);
            }
        }
        return 1;
    }

    /** Takes what waits in the shared socket, up to a batch. Returns how many it took. */
    int takeFromShared(long nowNs) {
        return takeWithSender(shared, SHARED_BATCH, nowNs);
    }

    /**
     * Takes everything out of a client's socket that was just connected, each packet as its true sender's. Returns how
     * many it took.
     */
    int takeStrays(DatagramChannel fresh, long nowNs) {
        return takeWithSender(fresh, Integer.MAX_VALUE, nowNs);
    }

    private int takeWithSender(DatagramChannel channel, int limit, long nowNs) {
        int taken = 0;
        while (taken < limit) {
            buffer.clear();
            InetSocketAddress sender;
            try {
                sender = (InetSocketAddress) channel.receive(buffer);
            } catch (IOException broken) {
                return taken;
            }
            if (sender == null) {
                return taken;
            }
            taken++;
            buffer.flip();
            if (hasForwardableLength(buffer.remaining())) {
                forwardFrom(sender, nowNs);
            }
        }
        return taken;
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

    private void forwardFrom(InetSocketAddress sender, long nowNs) {
        Flow flow = flows.find(sender);
        if ((flow == null || flow.bind != null) && BindDatagram.isRequest(buffer)) {
            answerBind(shared, sender, nowNs);
        } else if (flow != null) {
            forward(flow, nowNs);
        } else {
            counters.increment(Counter.DROPPED_UNREGISTERED);
            if (!isRtp() && flows.mayAskAbout(sender, nowNs)) {
                unknownSource.accept(sender);
            }
        }
    }

    /** RTP is never a classic client's: a station speaks before it is bound. */
    private boolean isRtp() {
        return (buffer.get(0) & RTP_MASK) == RTP_VERSION;
    }

    private void answerBind(DatagramChannel channel, InetSocketAddress sender, long nowNs) {
        if (!binds.answer(buffer, sender, nowNs)) {
            return;
        }
        try {
            if (channel == shared) {
                shared.send(buffer, sender);
            } else {
                channel.write(buffer);
            }
        } catch (IOException failed) {
            counters.increment(Counter.DROPPED_SEND_FAILED);
        }
    }

    /** Passes on a datagram that came from a client through its tunnel. */
    void takeFromTunnel(Flow flow, byte[] datagram, long nowNs) {
        counters.increment(Counter.TUNNELLED);
        if (datagram.length > MAX_DATAGRAM_BYTES) {
            counters.increment(Counter.DROPPED_OVERSIZED);
            return;
        }
        buffer.clear().put(datagram).flip();
        if (hasForwardableLength(datagram.length) && !BindDatagram.isRequest(buffer)) {
            forward(flow, nowNs);
        }
    }

    private void forward(Flow flow, long nowNs) {
        int length = buffer.remaining();
        flow.status.onHeard(nowNs, length, flow.bind == null && ClassicPacket.isEndOfTransmission(buffer));
        Flow peer = flow.peer;
        if (peer != null && peer.tunnel != null) {
            forwardThrough(peer.tunnel, length);
            return;
        }
        if (peer == null || peer.source == null) {
            counters.increment(Counter.DROPPED_NO_PEER);
            return;
        }
        int sent = sendTo(peer);
        if (sent == length) {
            counters.increment(Counter.FORWARDED);
            counters.add(Counter.FORWARDED_BYTES, length);
        } else if (sent == 0) {
            counters.increment(Counter.DROPPED_SEND_BUFFER_FULL);
        } else {
            counters.increment(Counter.DROPPED_SEND_FAILED);
        }
    }

    private void forwardThrough(MediaTunnel tunnel, int length) {
        if (tunnel.send(buffer)) {
            counters.increment(Counter.TUNNELLED);
            counters.increment(Counter.FORWARDED);
            counters.add(Counter.FORWARDED_BYTES, length);
        } else {
            counters.increment(Counter.DROPPED_TUNNEL_FULL);
        }
    }

    private int sendTo(Flow peer) {
        try {
            return write(peer);
        } catch (PortUnreachableException refusedEarlier) {
            // It tells of an earlier packet; this one was not sent yet.
            noteRefusal(peer);
        } catch (IOException failed) {
            return -1;
        }
        try {
            return write(peer);
        } catch (IOException failed) {
            return -1;
        }
    }

    private int write(Flow peer) throws IOException {
        return peer.channel != null ? peer.channel.write(buffer) : shared.send(buffer, peer.source);
    }

    private void noteRefusal(Flow flow) {
        flow.status.onUnreachable();
        counters.increment(Counter.DROPPED_UNREACHABLE);
    }
}
