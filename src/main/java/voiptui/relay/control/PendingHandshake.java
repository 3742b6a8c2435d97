package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A connection that began with a ClientHello and waits for its TLS handshake: keeps what was received, and reads no more.
 * When it may start, it makes way for the handlers of TLS. Owned by the control thread.
 */
final class PendingHandshake extends ChannelInboundHandlerAdapter {

    private @Nullable ChannelHandlerContext context;
    /** What was received, at most one read; null: nothing. */
    private @Nullable ByteBuf received;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        received = received == null ? (ByteBuf) bytes : Unpooled.wrappedBuffer(received, (ByteBuf) bytes);
    }

    /** Passes what was received on to the handlers that were added after this one, removes itself, and reads again. */
    void passOn() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        ByteBuf held = received;
        received = null;
        if (held != null) {
            ctx.fireChannelRead(held);
            ctx.fireChannelReadComplete();
        }
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (received != null) {
            received.release();
            received = null;
        }
    }

    /** A TCP error: concerns this connection only. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
