package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.relay.call.SessionHandler;
import voiptui.time.NanoClock;

/**
 * Sets up v2 connections: refuses addresses over their limits, adds TLS, framing and a {@link ClientConnection} to the
 * pipeline of the others, and counts handshakes. Owned by the control thread.
 */
public final class TlsAcceptor {

    /** The limit of unsent data: above the longest list of contacts, which is sent at once. */
    private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final RelayTls tls;
    private final SessionHandler sessions;
    private final ConnectionLimits limits;
    private final HandshakeLimiter handshakes;
    private final PendingConnections pending;
    private final ConnectionErrors errors;
    private final Counters counters;
    private final NanoClock clock;

    /**
     * Creates an acceptor.
     *
     * @param sessions handles what clients send
     * @param pending the connections of both protocols that nobody has signed in on
     */
    public TlsAcceptor(
            RelayTls tls,
            SessionHandler sessions,
            ConnectionLimits limits,
            PendingConnections pending,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.tls = tls;
        this.sessions = sessions;
        this.limits = limits;
        this.handshakes = new HandshakeLimiter(limits.handshakes(), clock);
        this.pending = pending;
        this.errors = new ConnectionErrors(handshakes, counters, new RefusalLog(events, clock));
        this.counters = counters;
        this.clock = clock;
    }

    /** Returns whether connections from {@code address} are closed unread for now, because too many failed. */
    public boolean isBlocked(InetAddress address) {
        return handshakes.isBlocked(address);
    }

    /** Counts a connection that was closed because of its address's limits. */
    public void countLimited() {
        errors.countLimited();
    }

    /** Sets up a connection that began with a ClientHello, or closes it. */
    void accept(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        if (remote == null || local == null || !channel.isActive()) {
            channel.close();
            return;
        }
        if (!handshakes.beginHandshake(remote.getAddress())) {
            errors.onTooMany(remote);
            channel.close();
            return;
        }
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        channel.config().setWriteBufferWaterMark(WRITE_BUFFER);
        SslHandler ssl = tls.handlerFor(channel, limits.timeouts().handshakeMs());
        ClientConnection connection =
                new ClientConnection(channel, ssl, sessions, pending, errors, limits.timeouts(), clock);
        channel.pipeline().addLast(ssl, new ControlFrameDecoder(), connection);
        ssl.handshakeFuture().addListener(done -> onHandshake(remote, done.cause()));
        pending.add(channel, connection::expire);
    }

    private void onHandshake(InetSocketAddress remote, @Nullable Throwable failure) {
        handshakes.endHandshake(remote.getAddress());
        if (failure == null) {
            counters.increment(Counter.TLS_HANDSHAKES);
        } else {
            errors.onHandshakeFailed(remote);
        }
    }
}
