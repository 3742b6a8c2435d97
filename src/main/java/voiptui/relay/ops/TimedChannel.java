package voiptui.relay.ops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import voiptui.time.NanoClock;

/** Text over a socket, with a time limit: blocking channels have none. One thread at a time. */
final class TimedChannel {

    private static final int BUFFER_BYTES = 4_096;

    private final SocketChannel channel;
    private final long limitNs;

    /**
     * Uses a connected channel, which the caller closes.
     *
     * @param limitMs how long each operation may wait for the other side, in milliseconds
     */
    TimedChannel(SocketChannel channel, int limitMs) throws IOException {
        this.channel = channel;
        this.limitNs = TimeUnit.MILLISECONDS.toNanos(limitMs);
        channel.configureBlocking(false);
    }

    /** Reads up to a line feed or the end; empty if that does not come in time or after {@code maxBytes}. */
    String readLine(int maxBytes) throws IOException {
        String text = read(maxBytes, true);
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(0, end);
    }

    /** Reads up to the end of the stream; throws if that does not come in time or after {@code maxBytes}. */
    String readAll(int maxBytes) throws IOException {
        return read(maxBytes, false);
    }

    private String read(int maxBytes, boolean oneLine) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            long deadlineNs = NanoClock.SYSTEM.nanoTime() + limitNs;
            while (await(selector, deadlineNs)) {
                int count = channel.read(buffer.clear());
                if (count > 0) {
                    text.write(buffer.array(), 0, count);
                }
                boolean complete = oneLine && count > 0 && buffer.get(count - 1) == '\n';
                if (count < 0 || complete || text.size() > maxBytes) {
                    key.cancel();
                    return text.size() > maxBytes ? "" : text.toString(StandardCharsets.UTF_8);
                }
            }
            key.cancel();
        }
        if (oneLine) {
            return "";
        }
        throw new IOException("the relay does not respond: try again");
    }

    /** Writes all of {@code text}, unless the other side does not read it in time. */
    void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            long deadlineNs = NanoClock.SYSTEM.nanoTime() + limitNs;
            while (bytes.hasRemaining() && await(selector, deadlineNs)) {
                channel.write(bytes);
            }
            key.cancel();
        }
    }

    private static boolean await(Selector selector, long deadlineNs) throws IOException {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - NanoClock.SYSTEM.nanoTime());
        boolean ready = leftMs > 0 && selector.select(leftMs) > 0;
        selector.selectedKeys().clear();
        return ready;
    }
}
