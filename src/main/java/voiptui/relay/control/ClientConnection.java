package voiptui.relay.control;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.call.ClientSession;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.control.limit.PeerAddress;
import voiptui.relay.media.MediaTunnel;
import voiptui.relay.registrar.SessionHandler;
import voiptui.relay.session.SessionChannel;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;
import voiptui.time.TokenBucket;

/**
 * One v2 connection, behind TLS and framing: expects {@code hello}, then passes what the client sends to the
 * {@link SessionHandler}, and writes what the relay sends.
 *
 * <p>Owned by the control thread, like everything in Netty's pipeline.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements SessionChannel {

    /**
     * How long the client may take to close its side, in milliseconds. Until then what it still sends is read, so that
     * the last message is not lost to a reset.
     */
    static final int LINGER_MS = 1_000;
    /** How many messages a client may send, per second. A phone in use sends one. */
    static final int MESSAGES_PER_SECOND = 20;
    /** How many messages may come at once. */
    static final int MESSAGE_BURST = 200;
    /** A media datagram counts as this part of a message. */
    static final double MEDIA_COST = 0.02;
    /** A frame of unknown type may be longer than a message: each of so many bytes counts as one more. */
    static final double SKIPPED_BYTES_PER_MESSAGE = MessageJson.MAX_BYTES;

    private static final long SLOWED_INTERVAL_NS = 60_000_000_000L;

    private enum Stage {
        HANDSHAKE,
        EXPECTING_HELLO,
        SIGNED_IN,
        CLOSING
    }

    private final Channel channel;
    private final SslHandler ssl;
    private final boolean knownOnly;
    private final ConnectionContext context;
    private final SessionHandler sessions;
    private final ConnectionErrors errors;
    private final ConnectionLimits.Timeouts timeouts;
    private final NanoClock clock;
    private final TokenBucket messages;
    /** Limits events about its sending too much; null: it never did. */
    private @Nullable RateLimiter slowedEvents;

    private final InetSocketAddress remote;
    private final InetAddress local;
    /** Carries media to the client; null: never asked for. */
    private @Nullable TlsTunnel tunnel;

    private Stage stage = Stage.HANDSHAKE;
    /** The fingerprint of the client's certificate; null until the handshake is complete. */
    private @Nullable Fingerprint fingerprint;
    /** The client's session; null until it has signed in, and after the connection is gone. */
    private @Nullable ClientSession session;
    /** The task that closes the connection after too much silence; null if none is scheduled. */
    private @Nullable Future<?> deadline;

    private long lastFrameNs;
    /** The silence after which the client is taken to be gone, in milliseconds. */
    private long idleMs;

    /**
     * Creates the handler of an active channel.
     *
     * @param knownOnly whether a certificate that the relay does not know is refused, because of its address
     */
    ClientConnection(Channel channel, SslHandler ssl, boolean knownOnly, ConnectionContext context) {
        this.channel = channel;
        this.ssl = ssl;
        this.knownOnly = knownOnly;
        this.context = context;
        this.sessions = context.sessions();
        this.errors = context.errors();
        this.timeouts = context.limits().timeouts();
        this.clock = context.clock();
        this.messages = new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, clock);
        this.remote = Objects.requireNonNull(PeerAddress.of(channel));
        this.local = ((InetSocketAddress) channel.localAddress()).getAddress();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake
                && handshake.isSuccess()
                && stage == Stage.HANDSHAKE) {
            onHandshake();
        }
        super.userEventTriggered(ctx, event);
    }

    private void onHandshake() {
        try {
            fingerprint = Fingerprint.of(ssl.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException noCertificate) {
            channel.close();
            return;
        }
        stage = Stage.EXPECTING_HELLO;
        schedule(this::onHelloTimeout, timeouts.helloMs());
    }

    private void onHelloTimeout() {
        if (stage == Stage.EXPECTING_HELLO) {
            errors.onHelloTimeout(remote);
            refuse(RefusalCode.BAD_MESSAGE, "no hello in time");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ControlFrame frame = (ControlFrame) received;
        if (stage != Stage.EXPECTING_HELLO && stage != Stage.SIGNED_IN) {
            return;
        }
        lastFrameNs = clock.nanoTime();
        try {
            onFrame(frame);
        } catch (RuntimeException failure) {
            errors.onFailure(failure);
            refuse(RefusalCode.INTERNAL, "");
        }
        long waitNs = messages.spend(costOf(frame));
        if (waitNs > 0) {
            pauseReading(waitNs);
        }
    }

    private static double costOf(ControlFrame frame) {
        return switch (frame.type()) {
            case FrameHeader.MEDIA -> MEDIA_COST;
            case FrameHeader.JSON -> 1;
            default -> 1 + frame.bytes() / SKIPPED_BYTES_PER_MESSAGE;
        };
    }

    /** Reads no more until the client may send again; what it sends meanwhile waits at its side. */
    private void pauseReading(long waitNs) {
        RateLimiter events = slowedEvents;
        if (events == null) {
            events = new RateLimiter(1, SLOWED_INTERVAL_NS, clock);
            slowedEvents = events;
        }
        if (events.allows()) {
            errors.onTooManyMessages(remote);
        }
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), waitNs, TimeUnit.NANOSECONDS);
    }

    private void onFrame(ControlFrame frame) {
        ClientSession signedIn = session;
        if (frame.type() == FrameHeader.MEDIA && signedIn != null) {
            sessions.onTunnelled(signedIn, frame.payload());
            return;
        }
        if (frame != ControlFrame.MALFORMED && !FrameHeader.isKnown(frame.type())) {
            errors.onUnknown();
            return;
        }
        Optional<ClientMessage> message =
                frame.type() == FrameHeader.JSON ? MessageJson.readClient(frame.payload()) : Optional.empty();
        if (message.isPresent() && signedIn == null && message.get() instanceof ClientMessage.Hello hello) {
            onHello(hello);
        } else if (message.isPresent() && signedIn == null && message.get() instanceof ClientMessage.Prove prove) {
            send(context.proofs().apply(prove.fingerprint()));
        } else if (message.isPresent() && message.get() instanceof ClientMessage.Unsupported unknown) {
            errors.onUnknown();
            onUnsupported(unknown);
        } else if (message.isPresent() && signedIn != null && !isFirst(message.get())) {
            sessions.onMessage(signedIn, message.get());
        } else {
            errors.onBadMessage(remote);
            refuse(RefusalCode.BAD_MESSAGE, "");
        }
    }

    /** Returns whether a message comes before a client has signed in only. */
    private static boolean isFirst(ClientMessage message) {
        return message instanceof ClientMessage.Hello || message instanceof ClientMessage.Prove;
    }

    /** Answers a message with something unknown in words, so that a newer client can do without it. */
    private void onUnsupported(ClientMessage.Unsupported unknown) {
        ClientSession signedIn = session;
        if (signedIn == null) {
            send(new RelayMessage.Unsupported(unknown.field(), unknown.value()));
        } else {
            sessions.onMessage(signedIn, unknown);
        }
    }

    private void onHello(ClientMessage.Hello hello) {
        if (fingerprint == null) {
            throw new IllegalStateException("hello before the handshake was complete");
        }
        if (knownOnly && !sessions.isKnown(fingerprint.text())) {
            errors.onTooMany(remote, "too many failed handshakes from this address, and an unknown certificate");
            refuse(RefusalCode.TOO_MANY, RefusalCode.TOO_MANY.text() + "; try again in a minute");
            return;
        }
        Optional<ClientSession> accepted = sessions.signIn(hello, fingerprint.text(), this);
        if (accepted.isEmpty()) {
            close();
            return;
        }
        context.pending().release(channel);
        errors.onSignedIn(remote.getAddress());
        session = accepted.get();
        if (stage == Stage.EXPECTING_HELLO) {
            stage = Stage.SIGNED_IN;
            idleMs = Math.max(timeouts.idleMs(), session.longestSilenceMs());
            schedule(this::onIdle, idleMs);
        }
    }

    /** Closes the connection if nothing came for the idle time; else checks again when that could be the case. */
    private void onIdle() {
        long leftMs = idleMs - (clock.nanoTime() - lastFrameNs) / NS_PER_MS;
        if (leftMs <= 0) {
            close();
        } else {
            schedule(this::onIdle, leftMs);
        }
    }

    private void refuse(RefusalCode code, String text) {
        send(new RelayMessage.Error(code, text));
        close();
    }

    @Override
    public void send(RelayMessage message) {
        if (mayWrite()) {
            write(context.encoder().frame(message));
        }
    }

    @Override
    public void sendAll(List<RelayMessage> batch) {
        if (mayWrite()) {
            write(context.encoder().frames(batch));
        }
    }

    @Override
    public void sendPages(Iterator<RelayMessage> pages) {
        if (stage != Stage.CLOSING && channel.isActive() && pages.hasNext()) {
            write(context.encoder().frame(pages.next())).addListener(written -> {
                if (written.isSuccess()) {
                    sendPages(pages);
                }
            });
        }
    }

    /** Returns whether there is room for a message; closes the connection if there is none. */
    private boolean mayWrite() {
        if (stage == Stage.CLOSING) {
            return false;
        }
        if (!channel.isWritable()) {
            if (channel.isActive()) {
                errors.onNotReading(remote);
            }
            closeNow();
            return false;
        }
        return true;
    }

    private ChannelFuture write(byte[] frames) {
        return channel.writeAndFlush(Unpooled.wrappedBuffer(frames));
    }

    @Override
    public void close() {
        if (stage == Stage.CLOSING) {
            return;
        }
        stage = Stage.CLOSING;
        schedule(this::closeNow, LINGER_MS);
        ssl.closeOutbound().addListener(sent -> {
            if (sent.isSuccess() && channel instanceof DuplexChannel duplex && duplex.isActive()) {
                duplex.shutdownOutput();
            } else {
                closeNow();
            }
        });
    }

    /** Closes the connection because its place is needed. */
    void expire() {
        closeNow();
    }

    /** Closes without a TLS close notification, which would wait for the client to read it. */
    private void closeNow() {
        stage = Stage.CLOSING;
        cancelDeadline();
        ChannelHandlerContext tls = channel.pipeline().context(ssl);
        if (tls == null) {
            channel.close();
        } else {
            tls.close();
        }
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetAddress local() {
        return local;
    }

    @Override
    public MediaTunnel tunnel() {
        TlsTunnel existing = tunnel;
        if (existing == null) {
            existing = new TlsTunnel(channel, clock);
            tunnel = existing;
        }
        return existing;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stage = Stage.CLOSING;
        cancelDeadline();
        ClientSession gone = session;
        if (gone != null) {
            session = null;
            sessions.onDisconnected(gone, this);
        }
    }

    /** A TLS or TCP error: concerns this connection only. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /** Replaces the deadline. */
    private void schedule(Runnable task, long delayMs) {
        cancelDeadline();
        deadline = channel.eventLoop().schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
