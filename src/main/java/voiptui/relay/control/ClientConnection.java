package voiptui.relay.control;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.SessionChannel;
import voiptui.relay.media.MediaTunnel;
import voiptui.time.NanoClock;

/**
 * One connection of the second protocol, behind TLS and the cutting of frames: takes {@code hello}, then whatever the station
 * says, and carries what the relay says to it.
 *
 * <p>Owned by the control thread, as everything in Netty's pipeline.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements SessionChannel {

    /** How long the client may take to close after us; until then what it still sends is read, so that our last words
     * are not lost to a reset. */
    static final int LINGER_MS = 1_000;

    private enum Stage {
        HANDSHAKE,
        EXPECTING_HELLO,
        SIGNED_IN,
        CLOSING
    }

    private final TlsAcceptor reception;
    private final SslHandler ssl;
    private final ConnectionLimits limits;
    private final NanoClock clock;
    private Stage stage = Stage.HANDSHAKE;
    private ChannelHandlerContext context;
    private InetSocketAddress remote;
    private InetAddress local;
    private TlsTunnel tunnel;
    private Fingerprint fingerprint;
    private ClientSession station;
    private Future<?> deadline;
    private long lastFrameNs;

    ClientConnection(TlsAcceptor reception, SslHandler ssl, ConnectionLimits limits, NanoClock clock) {
        this.reception = reception;
        this.ssl = ssl;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        remote = (InetSocketAddress) ctx.channel().remoteAddress();
        InetSocketAddress localSocket = (InetSocketAddress) ctx.channel().localAddress();
        local = localSocket == null ? null : localSocket.getAddress();
        tunnel = new TlsTunnel(ctx.channel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake
                && handshake.isSuccess()
                && stage == Stage.HANDSHAKE) {
            onProof();
        }
        super.userEventTriggered(ctx, event);
    }

    private void onProof() {
        try {
            fingerprint = Fingerprint.of(ssl.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException nobody) {
            context.close();
            return;
        }
        stage = Stage.EXPECTING_HELLO;
        deadline = schedule(this::onNoHello, limits.helloMs());
    }

    private void onNoHello() {
        if (stage == Stage.EXPECTING_HELLO) {
            reception.onSilence(remote);
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
        } catch (RuntimeException fault) {
            reception.onFault(fault);
            refuse(RefusalCode.INTERNAL, "");
        }
    }

    private void onFrame(ControlFrame frame) {
        if (frame.type() == FrameHeader.MEDIA && stage == Stage.SIGNED_IN) {
            reception.onTunnelled(station, frame.payload());
            return;
        }
        Optional<ClientMessage> message =
                frame.type() == FrameHeader.JSON ? MessageJson.readClient(frame.payload()) : Optional.empty();
        boolean isHello = message.filter(ClientMessage.Hello.class::isInstance).isPresent();
        if (message.isEmpty() || isHello == (stage == Stage.SIGNED_IN)) {
            reception.onNonsense(remote);
            refuse(RefusalCode.BAD_MESSAGE, "");
        } else if (isHello) {
            onHello((ClientMessage.Hello) message.get());
        } else {
            reception.onMessage(station, message.get());
        }
    }

    private void onHello(ClientMessage.Hello hello) {
        Optional<ClientSession> welcome = reception.signIn(hello, fingerprint, this);
        if (welcome.isEmpty()) {
            close();
            return;
        }
        station = welcome.get();
        if (stage == Stage.EXPECTING_HELLO) {
            stage = Stage.SIGNED_IN;
            cancel(deadline);
            deadline = schedule(this::onQuiet, limits.idleMs());
        }
    }

    /** Nothing may have come for a while: closes, or looks again when it could be so. */
    private void onQuiet() {
        long leftMs = limits.idleMs() - (clock.nanoTime() - lastFrameNs) / NS_PER_MS;
        if (leftMs <= 0) {
            close();
        } else {
            deadline = schedule(this::onQuiet, leftMs);
        }
    }

    private void refuse(RefusalCode code, String text) {
        say(new RelayMessage.Error(code, text));
        close();
    }

    @Override
    public void say(RelayMessage message) {
        if (stage == Stage.CLOSING) {
            return;
        }
        if (!context.channel().isWritable()) {
            if (context.channel().isActive()) {
                reception.onDeafness(remote);
            }
            closeNow();
            return;
        }
        byte[] json = MessageJson.write(message);
        if (!FrameHeader.isAllowed(FrameHeader.JSON, json.length)) {
            throw new IllegalArgumentException("a message of " + json.length + " bytes: " + message);
        }
        context.writeAndFlush(Unpooled.wrappedBuffer(FrameHeader.frame(FrameHeader.JSON, json)));
    }

    @Override
    public void close() {
        if (stage == Stage.CLOSING) {
            return;
        }
        stage = Stage.CLOSING;
        cancel(deadline);
        deadline = schedule(this::closeNow, LINGER_MS);
        ssl.closeOutbound().addListener(said -> {
            if (said.isSuccess() && channel() instanceof DuplexChannel duplex && duplex.isActive()) {
                duplex.shutdownOutput();
            } else {
                closeNow();
            }
        });
    }

    /** Ends the connection because its place is needed. */
    void expire() {
        closeNow();
    }

    /** Closes without a word, which TLS would wait for somebody to take. */
    private void closeNow() {
        stage = Stage.CLOSING;
        cancel(deadline);
        ChannelHandlerContext tls = context.pipeline().context(ssl);
        if (tls == null) {
            context.close();
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
        return tunnel;
    }

    /** What it goes through. */
    Channel channel() {
        return context.channel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stage = Stage.CLOSING;
        cancel(deadline);
        if (station != null) {
            ClientSession gone = station;
            station = null;
            reception.onDisconnected(gone, this);
        }
    }

    /** What is wrong with TLS or TCP: not ours to mend, and it harms nobody else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private Future<?> schedule(Runnable task, long delayMs) {
        return context.executor().schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private static void cancel(Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
