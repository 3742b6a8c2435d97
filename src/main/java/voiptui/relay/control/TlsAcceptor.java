package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.control.limit.HandshakeLimiter;
import voiptui.relay.control.limit.HandshakeLimiter.Admission;
import voiptui.relay.control.limit.HandshakeQueue;
import voiptui.relay.control.limit.PeerAddress;
import voiptui.relay.control.limit.PendingConnections;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * Sets up v2 connections: refuses addresses over their limits, makes others wait for their handshake until their ClientHello
 * is complete and while there are too many, then adds TLS, framing and a {@link ClientConnection} to the pipeline, and counts handshakes. Owned by the control
 * thread.
 */
public final class TlsAcceptor {

    /** The limit of unsent data: a client that leaves more unread is closed. Lists are sent in pages far below it. */
    private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    /** How often handshakes are looked through while others wait, in milliseconds. */
    private static final int SWEEP_MS = 100;

    private final RelayTls tls;
    private final ConnectionContext context;
    private final HandshakeLimiter limiter;
    private final HandshakeQueue queue;
    private final ConnectionErrors errors;
    private final Counters counters;
    private boolean sweeping;

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
        this.limiter = new HandshakeLimiter(limits, clock);
        this.queue = new HandshakeQueue(limits.handshakes().concurrent(), clock);
        this.errors = new ConnectionErrors(limiter, counters, new RefusalLog(events, clock));
        this.context =
                new ConnectionContext(sessions, pending, errors, limits, new MessageEncoder(), tls::proof, clock);
        this.counters = counters;
    }

    /** Returns whether connections from {@code address} are closed unread for now, because too many failed. */
    public boolean isShut(InetAddress address) {
        return limiter.isShut(address);
    }

    /** Takes over other limits for handshakes. */
    public void use(ConnectionLimits limits) {
        limiter.use(limits);
    }

    /** Counts a connection that was closed because of its address's limits. */
    public void countLimited() {
        errors.countLimited();
    }

    /** Sets up a connection that began with a ClientHello, or closes it. */
    void accept(Channel channel) {
        InetSocketAddress remote = PeerAddress.of(channel);
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        if (remote == null || local == null || !channel.isActive()) {
            channel.close();
            return;
        }
        Admission admission = limiter.admit(remote.getAddress());
        if (admission == Admission.REFUSED) {
            errors.onTooMany(remote, "too many handshakes from this address");
            channel.close();
            return;
        }
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        channel.config().setWriteBufferWaterMark(WRITE_BUFFER);
        Handshake handshake = new Handshake(channel, remote, admission);
        if (!queue.enter(handshake, remote.getAddress(), !limiter.isExempt(remote.getAddress()))) {
            errors.onTooMany(remote, "too many handshakes of this address at once");
            channel.close();
            return;
        }
        handshake.waitForHello();
    }

    /**
     * Returns who comes first where not all handshakes can be made: lower ranks. Somebody whose networks have many connections
     * that nobody has signed in on comes after those with few.
     */
    private int rank(InetAddress address, Admission admission) {
        int rank = limiter.rank(address, admission);
        return rank == HandshakeLimiter.TRUSTED
                ? rank
                : rank + context.pending().crowd(address);
    }

    private void sweepLater(Channel channel) {
        if (!sweeping && queue.isCrowded()) {
            sweeping = true;
            channel.eventLoop()
                    .schedule(
                            () -> {
                                sweeping = false;
                                queue.sweep();
                                sweepLater(channel);
                            },
                            SWEEP_MS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** One connection from its ClientHello to the end of the handshake. */
    private final class Handshake implements HandshakeQueue.Handshake {

        private final Channel channel;
        private final InetSocketAddress remote;
        private final Admission admission;
        /** Null once the handshake has begun. */
        private @Nullable PendingHandshake gate = new PendingHandshake(this::onHello);

        private final ChannelFutureListener onClosed = closed -> onClosed();
        /** The task that ends the wait for the rest of the ClientHello; null: it does not wait. */
        private @Nullable Future<?> helloDeadline;
        /** The connection; null: the handshake has not begun. */
        private @Nullable ClientConnection connection;

        Handshake(Channel channel, InetSocketAddress remote, Admission admission) {
            this.channel = channel;
            this.remote = remote;
            this.admission = admission;
        }

        void waitForHello() {
            channel.pipeline().addLast(gate);
            context.pending().add(channel, this::expire);
            channel.closeFuture().addListener(onClosed);
            helloDeadline = channel.eventLoop()
                    .schedule(this::onHelloOverdue, context.limits().timeouts().handshakeMs(), TimeUnit.MILLISECONDS);
        }

        /** Ends the wait for the ClientHello; returns whether there was one. */
        private boolean stopWaiting() {
            Future<?> deadline = helloDeadline;
            helloDeadline = null;
            if (deadline != null) {
                deadline.cancel(false);
            }
            return deadline != null;
        }

        private void onHelloOverdue() {
            if (stopWaiting()) {
                errors.onHelloOverdue(remote);
                channel.close();
            }
        }

        private void onHello() {
            stopWaiting();
            context.pending().engage(channel);
            queue.begin(this, rank(remote.getAddress(), admission));
            sweepLater(channel);
        }

        void onClosed() {
            if (stopWaiting()) {
                errors.onHelloAbandoned(remote);
            }
            queue.end(this);
        }

        @Override
        public void start() {
            PendingHandshake waiting = gate;
            if (waiting == null || !channel.isActive()) {
                channel.close();
                return;
            }
            SslHandler ssl = tls.handlerFor(
                    channel,
                    context.limits().timeouts().handshakeMs(),
                    () -> queue.onComputing(this),
                    () -> queue.onComputed(this));
            ClientConnection created = new ClientConnection(channel, ssl, admission == Admission.KNOWN_ONLY, context);
            connection = created;
            channel.pipeline().addLast(ssl, new ControlFrameDecoder(), new FlowControlHandler(), created);
            ssl.handshakeFuture().addListener(done -> onDone(done.cause()));
            gate = null;
            waiting.passOn();
        }

        private void onDone(@Nullable Throwable failure) {
            queue.end(this);
            channel.closeFuture().removeListener(onClosed);
            if (failure == null) {
                counters.increment(Counter.TLS_HANDSHAKES);
            } else {
                errors.onHandshakeFailed(remote, failure);
            }
        }

        @Override
        public void giveWay() {
            if (connection == null) {
                errors.onTooMany(remote, "too many handshakes from everywhere at once");
            }
            expire();
        }

        /** Closes the connection because its place is needed. */
        void expire() {
            ClientConnection begun = connection;
            stopWaiting();
            if (begun == null) {
                channel.close();
            } else {
                begun.expire();
            }
        }
    }
}
