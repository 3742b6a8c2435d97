package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Waits in front of a connection for its first byte, which tells what it speaks: 0x16 begins a TLS ClientHello, everything
 * else is classic. A connection that says nothing is classic, too. Owned by the control thread.
 */
final class ProtocolDetector extends ChannelInboundHandlerAdapter {

    private static final int TLS_HANDSHAKE_RECORD = 0x16;

    private final TlsAcceptor reception;
    private final ClassicConnection classic;

    /**
     * Waits.
     *
     * @param classic what stands behind this in the pipeline, and gives way to TLS
     */
    ProtocolDetector(TlsAcceptor reception, ClassicConnection classic) {
        this.reception = reception;
        this.classic = classic;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ByteBuf bytes = (ByteBuf) received;
        if (bytes.isReadable()) {
            if (bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE_RECORD) {
                ctx.pipeline().remove(classic);
                reception.receive(ctx.channel());
            }
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(received);
    }
}
