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
import org.jspecify.annotations.Nullable;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.relay.control.limit.PeerAddress;

/**
 * One classic control connection: collects its only message, answers, and closes.
 *
 * <p>Classic messages have no terminator. HEARTBEAT and DISCONNECT are complete as soon as they are received. A HELLO
 * ends in an address that one more byte could change (192.0.2.1, 192.0.2.10), so it is answered after
 * {@value #HELLO_QUIET_MS} ms without more bytes, or when the client closes its side. An incomplete message gets
 * {@value #REST_QUIET_MS} ms after each byte, and the TCP timeout in all.
 *
 * <p>Owned by the control thread, like everything in Netty's pipeline.
 */
final class ClassicConnection extends ChannelInboundHandlerAdapter {

    /** How long a complete HELLO must stay unchanged, in milliseconds. It fits one segment, so a rest would follow at once. */
    static final int HELLO_QUIET_MS = 30;
    /** How long the rest of a message may take, in milliseconds: more than the first TCP retransmission (200 ms on Linux). */
    static final int REST_QUIET_MS = 250;
    /**
     * How long the client may take to close its side after the answer, in milliseconds. Until then what it still sends
     * is read, so that the answer is not lost to a reset.
     */
    static final int LINGER_MS = 1_000;

    private enum Stage {
        RECEIVING,
        ANSWERED
    }

    private final ClassicRequestHandler requests;
    private final int timeoutMs;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(ClassicRequest.MAX_BYTES + 1);
    private Stage stage = Stage.RECEIVING;
    /** The open connection; null until it is active. */
    private @Nullable Connection connection;
    /** The task that ends the wait for a message, or for the client to close; null before it is scheduled. */
    private @Nullable Future<?> deadline;
    /** The task that takes the bytes received so far as the message; null while none are received. */
    private @Nullable Future<?> quiet;

    /** What is known of a connection once it is active. */
    private record Connection(ChannelHandlerContext context, InetSocketAddress remote, InetAddress local) {}

    ClassicConnection(ClassicRequestHandler requests, int timeoutMs) {
        this.requests = requests;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetSocketAddress remote = PeerAddress.of(ctx.channel());
        InetSocketAddress local = (InetSocketAddress) ctx.channel().localAddress();
        if (remote == null || local == null) {
            // Reset by the client already.
            ctx.close();
            return;
        }
        connection = new Connection(ctx, remote, local.getAddress());
        requests.onConnected();
        deadline = schedule(ctx, this::expire, timeoutMs);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        try {
            if (stage == Stage.RECEIVING) {
                onBytes(ctx, (ByteBuf) received);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void onBytes(ChannelHandlerContext ctx, ByteBuf bytes) {
        while (bytes.isReadable() && message.size() <= ClassicRequest.MAX_BYTES) {
            message.write(bytes.readByte());
        }
        cancel(quiet);
        byte[] soFar = message.toByteArray();
        Optional<ClassicRequest> request = ClassicRequest.parse(soFar);
        if (!ClassicRequest.mayContinue(soFar)) {
            answerMessage();
        } else {
            quiet = schedule(ctx, this::answerMessage, request.isPresent() ? HELLO_QUIET_MS : REST_QUIET_MS);
        }
    }

    /** Answers the bytes received so far as the complete message. */
    private void answerMessage() {
        Connection open = connection;
        if (stage != Stage.RECEIVING || open == null) {
            return;
        }
        ClassicReply reply;
        try {
            reply = ClassicRequest.parse(message.toByteArray())
                    .map(request -> requests.answer(request, open.remote, open.local))
                    .orElseGet(() -> requests.answerInvalid(open.remote));
        } catch (RuntimeException failure) {
            reply = requests.answerFailure(failure);
        }
        answer(open.context, reply);
    }

    /** Ends the connection, because its time is over or its place is needed. */
    void expire() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        if (stage == Stage.ANSWERED) {
            open.context.close();
        } else if (ClassicRequest.parse(message.toByteArray()).isPresent()) {
            answerMessage();
        } else {
            answer(open.context, requests.answerTimeout(open.remote, message.size() == 0));
        }
    }

    private void answer(ChannelHandlerContext ctx, ClassicReply reply) {
        stage = Stage.ANSWERED;
        cancel(quiet);
        cancel(deadline);
        deadline = schedule(ctx, ctx::close, LINGER_MS);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(reply.wire())).addListener((ChannelFutureListener) written -> {
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
            if (stage == Stage.RECEIVING && message.size() > 0) {
                answerMessage();
            } else {
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    /** The connection turned out to speak TLS. */
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
            // A reset by the client is not an error.
            ctx.close();
        } else {
            answer(ctx, requests.answerFailure(cause));
        }
    }

    private static Future<?> schedule(ChannelHandlerContext ctx, Runnable task, int delayMs) {
        return ctx.executor().schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
