package voiptui.relay.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import voiptui.protocol.FrameHeader;
import voiptui.relay.media.MediaTunnel;

/**
 * Media into a station's TLS connection. What waits there would only be heard late, so there is room for a few datagrams
 * and no more. The media thread sends, the control thread does the rest.
 */
final class TlsTunnel implements MediaTunnel {

    /** A third of a second of speech. */
    static final int MAX_WAITING = 16;

    private final Channel channel;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ChannelFutureListener onWritten = written -> waiting.decrementAndGet();

    TlsTunnel(Channel channel) {
        this.channel = channel;
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        if (waiting.get() >= MAX_WAITING || !channel.isWritable()) {
            return false;
        }
        int length = datagram.remaining();
        byte[] frame = new byte[FrameHeader.BYTES + length];
        frame[0] = FrameHeader.MEDIA;
        frame[1] = (byte) (length >>> 8);
        frame[2] = (byte) length;
        datagram.get(datagram.position(), frame, FrameHeader.BYTES, length);
        waiting.incrementAndGet();
        channel.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(onWritten);
        return true;
    }
}
