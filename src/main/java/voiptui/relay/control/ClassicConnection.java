package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;

/**
 * One control connection: collects the one message that it carries, answers, and closes.
 *
 * <p>The classic protocol has no end mark. HEARTBEAT and DISCONNECT are whole as soon as they are there; a HELLO ends in
 * an address that one more byte could change (192.0.2.1, 192.0.2.10), so it is judged after a moment of quiet, or when
 * the client closes its side. A beginning of a message gets a longer moment, all together the TCP time-out at most.
 *
 * <p>Owned by the control thread, as everything in Netty's pipeline.
 */
final class ClassicConnection extends ChannelInboundHandlerAdapter {

    /** How long a whole HELLO must stay as it is. One segment carries it, so a rest would be right behind. */
    static final int HELLO_QUIET_MS = 30;
    /** How long the rest of a message may take: above the first retransmission of TCP (200 ms on Linux). */
    static final int REST_QUIET_MS = 250;
    /** How long the client may take to close after the answer; until then what it still sends is read, so that the
     * answer is not lost to a reset. */
    static final int LINGER_MS = 1_000;

    private enum Stage {
        LISTENING,
        ANSWERED
    }

    private final ClassicRequestHandler desk;
    private final int timeoutMs;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(ClassicRequest.MAX_BYTES + 1);
    private Stage stage = Stage.LISTENING;
    private ChannelHandlerContext context;
    private InetSocketAddress remote;
    private InetAddress local;
    private Future<?> deadline;
    private Future<?> quiet;

    ClassicConnection(ClassicRequestHandler desk, int timeoutMs) {
        this.desk = desk;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        remote = (InetSocketAddress) ctx.channel().remoteAddress();
        InetSocketAddress localSocket = (InetSocketAddress) ctx.channel().localAddress();
        if (remote == null || localSocket == null) {
            // Reset before it was looked at.
            ctx.close();
            return;
        }
        local = localSocket.getAddress();
        desk.onConnected();
        deadline = schedule(this::expire, timeoutMs);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        try {
            if (stage == Stage.LISTENING) {
                onBytes((ByteBuf) received);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void onBytes(ByteBuf bytes) {
        while (bytes.isReadable() && message.size() <= ClassicRequest.MAX_BYTES) {
            message.write(bytes.readByte());
        }
        cancel(quiet);
        byte[] soFar = message.toByteArray();
        Optional<ClassicRequest> request = ClassicRequest.parse(soFar);
        if (!ClassicRequest.mayContinue(soFar)) {
            judge();
        } else {
            quiet = schedule(this::judge, request.isPresent() ? HELLO_QUIET_MS : REST_QUIET_MS);
        }
    }

    /** Takes what has come as all there is. */
    private void judge() {
        if (stage != Stage.LISTENING) {
            return;
        }
        ClassicReply reply;
        try {
            reply = ClassicRequest.parse(message.toByteArray())
                    .map(request -> desk.answer(request, remote, local))
                    .orElseGet(() -> desk.answerInvalid(remote));
        } catch (RuntimeException failure) {
            reply = desk.answerFailure(failure);
        }
        say(reply);
    }

    /** Ends the connection, because its time is over or its place is needed. */
    void expire() {
        if (context == null || stage == Stage.ANSWERED) {
            closeNow();
        } else if (ClassicRequest.parse(message.toByteArray()).isPresent()) {
            judge();
        } else {
            say(desk.answerTimeout(remote));
        }
    }

    private void say(ClassicReply reply) {
        stage = Stage.ANSWERED;
        cancel(quiet);
        cancel(deadline);
        deadline = schedule(this::closeNow, LINGER_MS);
        context.writeAndFlush(Unpooled.wrappedBuffer(reply.wire())).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess() && written.channel() instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
                duplex.shutdownOutput();
            } else {
                written.channel().close();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            if (stage == Stage.LISTENING && message.size() > 0) {
                judge();
            } else {
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    /** The connection speaks another protocol. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        channelInactive(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stage = Stage.ANSWERED;
        cancel(quiet);
        cancel(deadline);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || stage == Stage.ANSWERED) {
            // A client that resets its connection harms nobody.
            ctx.close();
        } else {
            say(desk.answerFailure(cause));
        }
    }

    private void closeNow() {
        if (context != null) {
            context.close();
        }
    }

    private Future<?> schedule(Runnable task, int delayMs) {
        return context.executor().schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private static void cancel(Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
