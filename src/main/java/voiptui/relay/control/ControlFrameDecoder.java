package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import voiptui.protocol.FrameHeader;

/**
 * Splits what TLS delivers into frames. An impossible header yields {@link ControlFrame#MALFORMED} before any of its
 * payload is kept, so at most one frame is buffered. Owned by the control thread.
 */
final class ControlFrameDecoder extends ByteToMessageDecoder {

    private boolean malformed;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (malformed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < FrameHeader.BYTES) {
            return;
        }
        int type = in.getUnsignedByte(in.readerIndex());
        int length = in.getUnsignedShort(in.readerIndex() + 1);
        if (!FrameHeader.isAllowed(type, length)) {
            malformed = true;
            in.skipBytes(in.readableBytes());
            out.add(ControlFrame.MALFORMED);
        } else if (in.readableBytes() >= FrameHeader.BYTES + length) {
            byte[] payload = new byte[length];
            in.skipBytes(FrameHeader.BYTES).readBytes(payload);
            out.add(new ControlFrame(type, payload));
        }
    }
}
