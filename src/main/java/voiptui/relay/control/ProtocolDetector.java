package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Detects a connection's protocol from its first byte: 0x16 begins a TLS ClientHello (RFC 8446, section 5.1), everything
 * else is classic, and so is a connection that sends nothing. Owned by the control thread.
 */
final class ProtocolDetector extends ChannelInboundHandlerAdapter {

    private static final int TLS_HANDSHAKE_RECORD = 0x16;

    private final TlsAcceptor acceptor;
    private final ClassicConnection classic;

    /**
     * Creates a detector.
     *
     * @param classic the next handler of the pipeline, removed if the connection speaks TLS
     */
    ProtocolDetector(TlsAcceptor acceptor, ClassicConnection classic) {
        this.acceptor = acceptor;
        this.classic = classic;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ByteBuf bytes = (ByteBuf) received;
        if (bytes.isReadable()) {
            if (bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE_RECORD) {
                ctx.pipeline().remove(classic);
                acceptor.accept(ctx.channel());
            }
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(received);
    }
}
