package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.FrameHeader;
import voiptui.time.NanoClock;

/**
 * The frames that wait to be written to the relay: messages, and media while none has waited too long. Any thread adds;
 * one takes.
 */
final class FrameQueue {

    /** Capacity for messages and media; reached only if the network accepts nothing. */
    static final int MAX_FRAMES = 256;
    /** The most frames with media among them: {@value #MAX_WAIT_MS} ms of 110 a second, and the answer to a NACK. */
    static final int MAX_MEDIA_FRAMES = 64;
    /** How long media may wait, in milliseconds; later it is of no use. */
    static final int MAX_WAIT_MS = 320;

    /** A frame, and when it was added. */
    private record Waiting(byte[] frame, long addedNs) {}

    private static final Waiting END = new Waiting(new byte[0], 0);

    private final BlockingQueue<Waiting> frames = new ArrayBlockingQueue<>(MAX_FRAMES);
    private final NanoClock clock;

    FrameQueue(NanoClock clock) {
        this.clock = clock;
    }

    /** Adds a message; false if the queue is full. */
    boolean addMessage(byte[] json) {
        return frames.offer(new Waiting(FrameHeader.frame(FrameHeader.JSON, json), clock.nanoTime()));
    }

    /** Adds a media datagram; false if it is too long, or if too much waits or has waited too long. */
    boolean addMedia(ByteBuffer datagram) {
        long nowNs = clock.nanoTime();
        if (datagram.remaining() > FrameHeader.MAX_MEDIA_BYTES || !hasRoomForMedia(nowNs)) {
            return false;
        }
        byte[] payload = new byte[datagram.remaining()];
        datagram.get(payload);
        return frames.offer(new Waiting(FrameHeader.frame(FrameHeader.MEDIA, payload), nowNs));
    }

    private boolean hasRoomForMedia(long nowNs) {
        Waiting oldest = frames.peek();
        return oldest == null || frames.size() < MAX_MEDIA_FRAMES && nowNs - oldest.addedNs < MAX_WAIT_MS * NS_PER_MS;
    }

    /** Adds the end; false if the queue is full. */
    boolean addEnd() {
        return frames.offer(END);
    }

    /** Takes the next frame, waiting for one; null at the end. */
    byte @Nullable [] take() throws InterruptedException {
        Waiting next = frames.take();
        return next == END ? null : next.frame;
    }
}
