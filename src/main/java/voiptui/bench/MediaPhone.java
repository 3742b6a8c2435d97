package voiptui.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.RelayMessage;

/** The media of one phone. Owned by the sending thread; the receiving one sets what is volatile. */
final class MediaPhone {

    private static final AtomicInteger SSRCS = new AtomicInteger(1_000);

    /** What binds a v2 phone's socket to its session. */
    static final class Bind {
        final long session;
        final BindDatagram.Key key;
        long counter;
        /** When the last one was sent. */
        long sentNs;

        volatile long cookie = BindDatagram.NO_COOKIE;

        Bind(RelayMessage.Udp udp, long nowNs) {
            this.session = Long.parseUnsignedLong(udp.session(), 16);
            this.key = new BindDatagram.Key(BindDatagram.bytes(udp.key()));
            this.sentNs = nowNs;
        }
    }

    /** Its address; null: chosen by the system. */
    final @Nullable InetAddress from;
    /** Where it sends media. */
    final InetSocketAddress relay;
    /** Null: a classic client. */
    final @Nullable Bind bind;
    /** What its sockets need to send; null: not opened yet. */
    @Nullable
    Object route;

    final int ssrc = SSRCS.incrementAndGet();
    int sequence;
    /** Whether the relay sends media to it. */
    volatile boolean active;

    MediaPhone(@Nullable InetAddress from, InetSocketAddress relay, @Nullable Bind bind) {
        this.from = from;
        this.relay = relay;
        this.bind = bind;
        this.active = bind == null;
    }
}
