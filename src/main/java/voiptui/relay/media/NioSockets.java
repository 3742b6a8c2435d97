package voiptui.relay.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.relay.media.socket.RelaySocket;

/**
 * Reads and writes datagrams one by one with NIO, and passes them to {@link Forwarder}. No method reads more than a batch, so
 * that one sender cannot hold up the others. Owned by the media thread.
 */
final class NioSockets implements MediaOutput {

    /** The fewest and the most datagrams read from an unconnected socket before the other sockets get their turn. */
    static final int MIN_BATCH = 32;

    static final int MAX_BATCH = 256;

    private final Counters counters;
    /** One byte longer than the longest packet, to detect longer ones. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Forwarder.MAX_DATAGRAM_BYTES + 1);

    NioSockets(Counters counters) {
        this.counters = counters;
    }

    /** Returns how many datagrams to read at once for {@code clients} that share sockets: as many as if each had its own. */
    static int batchFor(int clients) {
        return Math.max(MIN_BATCH, Math.min(MAX_BATCH, clients));
    }

    /** Takes one datagram from a client's own socket, which is ready. Returns the datagrams read: 0 or 1. */
    int takeFrom(Flow flow, RelaySocket own, Forwarder forwarder, long nowNs) {
        buffer.clear();
        try {
            own.channel.read(buffer);
        } catch (PortUnreachableException refused) {
            countRefusal(flow);
            return 0;
        } catch (IOException unreachable) {
            // An ICMP error other than port unreachable: from a router, so it says nothing about the client.
            counters.increment(Counter.DROPPED_UNREACHABLE);
            return 0;
        }
        buffer.flip();
        InetSocketAddress sender = flow.source;
        if (sender != null) {
            forwarder.onArrival(flow, sender, own, buffer, nowNs);
        }
        return 1;
    }

    /**
     * Takes up to {@code limit} datagrams, each with its sender. Returns the datagrams read.
     *
     * @param answerThrough the unconnected socket of the same relay address, which may be {@code socket}
     */
    int takeWithSenders(RelaySocket socket, RelaySocket answerThrough, int limit, Forwarder forwarder, long nowNs) {
        for (int taken = 0; taken < limit; taken++) {
            buffer.clear();
            InetSocketAddress sender;
            try {
                sender = (InetSocketAddress) socket.channel.receive(buffer);
            } catch (IOException broken) {
                return taken;
            }
            if (sender == null) {
                return taken;
            }
            buffer.flip();
            forwarder.onArrival(sender, answerThrough, buffer, nowNs);
        }
        return limit;
    }

    /** Takes a datagram from a client's tunnel. */
    void takeTunnelled(Flow flow, byte[] datagram, Forwarder forwarder, long nowNs) {
        // A longer one keeps a length that is too long.
        buffer.clear()
                .put(datagram, 0, Math.min(datagram.length, buffer.capacity()))
                .flip();
        forwarder.onTunnelled(flow, buffer, nowNs);
    }

    @Override
    public int send(Flow receiver, ByteBuffer datagram) {
        int begin = datagram.position();
        int length = datagram.remaining();
        int sent = write(receiver, datagram);
        datagram.position(begin);
        return sent == length ? SENT : sent == 0 ? NO_ROOM : FAILED;
    }

    private int write(Flow receiver, ByteBuffer datagram) {
        try {
            return writeOnce(receiver, datagram);
        } catch (PortUnreachableException refusedEarlier) {
            // The refusal concerns an earlier packet; this one has not been sent.
            countRefusal(receiver);
        } catch (IOException failed) {
            return -1;
        }
        try {
            return writeOnce(receiver, datagram);
        } catch (IOException failed) {
            return -1;
        }
    }

    private static int writeOnce(Flow receiver, ByteBuffer datagram) throws IOException {
        RelaySocket own = receiver.own;
        if (own != null) {
            return own.channel.write(datagram);
        }
        RelaySocket shared = receiver.shared;
        return shared == null ? -1 : shared.channel.send(datagram, receiver.source);
    }

    @Override
    public int answer(RelaySocket arrivedAt, InetSocketAddress sender, ByteBuffer datagram) {
        int begin = datagram.position();
        int length = datagram.remaining();
        try {
            int sent = arrivedAt.channel.send(datagram, sender);
            return sent == length ? SENT : sent == 0 ? NO_ROOM : FAILED;
        } catch (IOException failed) {
            return FAILED;
        } finally {
            datagram.position(begin);
        }
    }

    private void countRefusal(Flow flow) {
        flow.status.onUnreachable();
        counters.increment(Counter.DROPPED_UNREACHABLE);
    }
}
