package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.FrameHeader;

/**
 * Splits what TLS delivers into frames. An impossible header yields {@link ControlFrame#MALFORMED} before any of its
 * payload is kept, and the payload of an unknown type is skipped as it comes, so at most one known frame is buffered. Owned by
 * the control thread.
 */
final class ControlFrameDecoder extends ByteToMessageDecoder {

    private boolean malformed;
    /** The frame of an unknown type that is being skipped; null: none. */
    private @Nullable ControlFrame skipped;
    /** How much of it is to come, in bytes. */
    private int leftBytes;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (malformed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (skipped != null) {
            skip(in, skipped, out);
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
        } else if (!FrameHeader.isKnown(type)) {
            in.skipBytes(FrameHeader.BYTES);
            leftBytes = length;
            skip(in, ControlFrame.skipped(type, length), out);
        } else if (in.readableBytes() >= FrameHeader.BYTES + length) {
            byte[] payload = new byte[length];
            in.skipBytes(FrameHeader.BYTES).readBytes(payload);
            out.add(new ControlFrame(type, payload));
        }
    }

    private void skip(ByteBuf in, ControlFrame frame, List<Object> out) {
        int here = Math.min(leftBytes, in.readableBytes());
        in.skipBytes(here);
        leftBytes -= here;
        skipped = leftBytes > 0 ? frame : null;
        if (leftBytes == 0) {
            out.add(frame);
        }
    }
}
