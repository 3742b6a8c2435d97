package voiptui.relay.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;
import voiptui.rtp.ClassicPacket;

/**
 * Forwards packets: reads one, finds the sender's flow, counts it, and sends it unchanged to the flow's peer. Answers bind
 * datagrams instead.
 *
 * <p>Between clients with sockets of their own, nothing is allocated, locked or looked up. Bad packets and network errors
 * are counted and never throw. Owned by the media thread.
 */
final class Forwarder {

    /** The shortest media packet: a sequence number and one byte. */
    static final int MIN_DATAGRAM_BYTES = ClassicPacket.HEADER_BYTES + 1;
    /** The longest packet forwarded. */
    static final int MAX_DATAGRAM_BYTES = ClassicPacket.MAX_DATAGRAM_BYTES;
    /** Packets read from the shared socket before the clients' own sockets get their turn. */
    private static final int SHARED_BATCH = 32;
    /** The version bits of RTP (RFC 3550, 5.1). A classic packet has them only after more than a year of a call. */
    private static final int RTP_MASK = 0xc0;

    private static final int RTP_VERSION = 0x80;

    private final DatagramChannel shared;
    private final FlowTable flows;
    private final BindHandler binds;
    private final Counters counters;
    private final Consumer<InetSocketAddress> unknownSource;
    /** One byte longer than the longest packet, to detect longer ones. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES + 1);
    /** The flow that is about to move, and where to; null otherwise. */
    private @Nullable Flow moving;

    private @Nullable InetSocketAddress movingTo;

    /**
     * Creates a forwarder.
     *
     * @param unknownSource receives unknown senders whose address has registered, at a limited rate
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

    /** Forwards one packet from {@code own}, the client's own socket, which is ready. Returns the packets read: 0 or 1. */
    int takeFrom(Flow flow, DatagramChannel own, long nowNs) {
        buffer.clear();
        int length;
        try {
            length = own.read(buffer);
        } catch (PortUnreachableException refused) {
            countRefusal(flow);
            return 0;
        } catch (IOException unreachable) {
            // An ICMP error other than port unreachable: from a router, so it says nothing about the client.
            counters.increment(Counter.DROPPED_UNREACHABLE);
            return 0;
        }
        buffer.flip();
        if (hasForwardableLength(length)) {
            if (flow.bind != null && BindDatagram.isRequest(buffer)) {
                answerBind(own, Objects.requireNonNull(flow.source, "source of a connected socket"), nowNs);
            } else {
                forward(flow, nowNs);
            }
        }
        return 1;
    }

    /** Forwards the packets waiting in the shared socket, up to a batch. Returns the packets read. */
    int takeFromShared(long nowNs) {
        return takeWithSender(shared, SHARED_BATCH, nowNs);
    }

    /**
     * Forwards all packets from a socket that was just connected, each by its actual sender. Returns the packets read.
     */
    int takeStrays(DatagramChannel fresh, long nowNs) {
        return takeWithSender(fresh, Integer.MAX_VALUE, nowNs);
    }

    /** Forwards the packets that have already arrived from a flow's client, up to a batch. */
    void takeArrived(Flow flow, long nowNs) {
        takeWithSender(flow.channel == null ? shared : flow.channel, SHARED_BATCH, nowNs);
    }

    /**
     * As above, for a flow that is about to move: what its client has already sent from {@code newSource} is the flow's, too. The
     * control thread has announced the move, so the client may rely on it.
     */
    void takeArrivedBeforeMove(Flow flow, InetSocketAddress newSource, long nowNs) {
        moving = flow;
        movingTo = newSource;
        takeArrived(flow, nowNs);
        moving = null;
        movingTo = null;
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
        if (flow == null && sender.equals(movingTo)) {
            flow = moving;
        }
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

    /** Returns whether it is RTP, hence not from a classic client but from a v2 client that is not bound yet. */
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

    /** Forwards a datagram that arrived through a client's tunnel. */
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
            // The refusal concerns an earlier packet; this one has not been sent.
            countRefusal(peer);
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

    private void countRefusal(Flow flow) {
        flow.status.onUnreachable();
        counters.increment(Counter.DROPPED_UNREACHABLE);
    }
}
