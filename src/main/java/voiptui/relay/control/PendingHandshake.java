package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection that begins with a ClientHello: keeps what is received until that is complete, then reads no more and waits for
 * its handshake. When it may start, it makes way for the handlers of TLS. Owned by the control thread.
 */
final class PendingHandshake extends ChannelInboundHandlerAdapter {

    /** A ClientHello of this length or more, in bytes, is left to TLS before all of it has come. Usual ones have 300 to 2,000. */
    static final int MAX_HELLO_BYTES = 4_096;

    private static final int RECORD_HEADER_BYTES = 5;
    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int HANDSHAKE_RECORD = 0x16;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int FIRST_BYTES = 512;

    private final Runnable onHello;
    private @Nullable ChannelHandlerContext context;
    /** What was received; null: nothing, or passed on. */
    private @Nullable ByteBuf received;

    private boolean complete;

    /**
     * Creates a handler.
     *
     * @param onHello called once, when the ClientHello is complete or turns out to be none
     */
    PendingHandshake(Runnable onHello) {
        this.onHello = onHello;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ByteBuf held = received;
        if (held == null) {
            held = ctx.alloc().heapBuffer(FIRST_BYTES);
            received = held;
        }
        try {
            held.writeBytes((ByteBuf) bytes);
        } finally {
            ReferenceCountUtil.release(bytes);
        }
        if (!complete && (held.readableBytes() >= MAX_HELLO_BYTES || isComplete(held))) {
            complete = true;
            ctx.channel().config().setAutoRead(false);
            onHello.run();
        }
    }

    /**
     * Returns whether {@code bytes} hold a whole ClientHello (RFC 8446, 4 and 5.1), in one record or several, or cannot become
     * one, which TLS will find out.
     */
    static boolean isComplete(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int wanted = -1;
        int have = 0;
        while (bytes.writerIndex() - at >= RECORD_HEADER_BYTES) {
            int length = bytes.getUnsignedShort(at + 3);
            if (bytes.getUnsignedByte(at) != HANDSHAKE_RECORD
                    || bytes.getUnsignedByte(at + 1) != MAJOR_VERSION
                    || length < (wanted < 0 ? MESSAGE_HEADER_BYTES : 1)) {
                return true;
            }
            int arrived = Math.min(length, bytes.writerIndex() - at - RECORD_HEADER_BYTES);
            if (wanted < 0) {
                if (arrived < MESSAGE_HEADER_BYTES) {
                    return false;
                }
                if (bytes.getUnsignedByte(at + RECORD_HEADER_BYTES) != CLIENT_HELLO) {
                    return true;
                }
                wanted = MESSAGE_HEADER_BYTES + bytes.getUnsignedMedium(at + RECORD_HEADER_BYTES + 1);
            }
            have += arrived;
            if (have >= wanted) {
                return true;
            }
            at += RECORD_HEADER_BYTES + length;
        }
        return false;
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
