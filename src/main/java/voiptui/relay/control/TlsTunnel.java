package voiptui.relay.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import voiptui.protocol.FrameHeader;
import voiptui.relay.media.MediaTunnel;

/**
 * Sends media through a client's TLS connection. Queued media would only be heard late, so at most
 * {@value #MAX_QUEUED} datagrams wait. The media thread calls {@link #send}; the control thread writes.
 */
final class TlsTunnel implements MediaTunnel {

    /** A third of a second of speech in 20 ms packets. */
    static final int MAX_QUEUED = 16;

    private final Channel channel;
    private final AtomicInteger queued = new AtomicInteger();
    private final ChannelFutureListener onWritten = written -> queued.decrementAndGet();

    TlsTunnel(Channel channel) {
        this.channel = channel;
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        if (queued.get() >= MAX_QUEUED || !channel.isWritable()) {
            return false;
        }
        int length = datagram.remaining();
        byte[] frame = new byte[FrameHeader.BYTES + length];
        frame[0] = FrameHeader.MEDIA;
        frame[1] = (byte) (length >>> 8);
        frame[2] = (byte) length;
        datagram.get(datagram.position(), frame, FrameHeader.BYTES, length);
        queued.incrementAndGet();
        channel.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(onWritten);
        return true;
    }
}
