package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import voiptui.protocol.FrameHeader;

/**
 * Cuts what TLS delivers into frames. A header that announces what there cannot be is told as {@link ControlFrame#NONSENSE} before
 * anything of it is kept; so no more than one frame is ever held. Owned by the control thread.
 */
final class ControlFrameDecoder extends ByteToMessageDecoder {

    private boolean lost;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (lost) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < FrameHeader.BYTES) {
            return;
        }
        int type = in.getUnsignedByte(in.readerIndex());
        int length = in.getUnsignedShort(in.readerIndex() + 1);
        if (!FrameHeader.isAllowed(type, length)) {
            lost = true;
            in.skipBytes(in.readableBytes());
            out.add(ControlFrame.NONSENSE);
        } else if (in.readableBytes() >= FrameHeader.BYTES + length) {
            byte[] payload = new byte[length];
            in.skipBytes(FrameHeader.BYTES).readBytes(payload);
            out.add(new ControlFrame(type, payload));
        }
    }
}
