package voiptui.relay.control;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import voiptui.protocol.FrameHeader;
import voiptui.relay.media.MediaTunnel;
import voiptui.time.NanoClock;

/**
 * Sends media through a client's TLS connection. Queued media would only be heard late, so none is added while the oldest
 * has waited for {@value #MAX_WAIT_MS} ms. Media threads call {@link #send}, mostly one, so that the lock is free; the control thread
 * writes.
 */
final class TlsTunnel implements MediaTunnel {

    /** How long media may wait, in milliseconds. */
    static final int MAX_WAIT_MS = 320;
    /** The most datagrams that wait: {@value #MAX_WAIT_MS} ms of 110 a second, and the retransmissions for a NACK. */
    static final int MAX_QUEUED = 64;
    /** The most bytes that wait, which leaves the connection room for messages. */
    static final int MAX_QUEUED_BYTES = 16 * (FrameHeader.BYTES + FrameHeader.MAX_MEDIA_BYTES);

    private final Channel channel;
    private final NanoClock clock;
    /** Frames that the kernel has taken, or that failed. The control thread adds. */
    private final AtomicLong written = new AtomicLong();

    private final ChannelFutureListener onWritten = done -> written.incrementAndGet();

    // Guarded by this; a frame's place is its number modulo MAX_QUEUED. Without room until the first is sent:
    // most clients
    // never use a tunnel.
    private long[] queuedNs = {};
    /** The bytes of all frames before that one. */
    private long[] bytesBefore = {};

    private long sent;
    private long sentBytes;

    TlsTunnel(Channel channel, NanoClock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    @Override
    public synchronized boolean send(ByteBuffer datagram) {
        int length = datagram.remaining();
        long nowNs = clock.nanoTime();
        if (!channel.isWritable() || !hasRoomFor(FrameHeader.BYTES + length, nowNs)) {
            return false;
        }
        if (queuedNs.length == 0) {
            queuedNs = new long[MAX_QUEUED];
            bytesBefore = new long[MAX_QUEUED];
        }
        byte[] frame = new byte[FrameHeader.BYTES + length];
        frame[0] = FrameHeader.MEDIA;
        frame[1] = (byte) (length >>> 8);
        frame[2] = (byte) length;
        datagram.get(datagram.position(), frame, FrameHeader.BYTES, length);
        int place = (int) (sent % MAX_QUEUED);
        queuedNs[place] = nowNs;
        bytesBefore[place] = sentBytes;
        sent++;
        sentBytes += frame.length;
        channel.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(onWritten);
        return true;
    }

    private boolean hasRoomFor(int bytes, long nowNs) {
        long oldest = written.get();
        if (oldest == sent) {
            return true;
        }
        int place = (int) (oldest % MAX_QUEUED);
        return sent - oldest < MAX_QUEUED
                && sentBytes - bytesBefore[place] + bytes <= MAX_QUEUED_BYTES
                && nowNs - queuedNs[place] < MAX_WAIT_MS * NS_PER_MS;
    }
}
