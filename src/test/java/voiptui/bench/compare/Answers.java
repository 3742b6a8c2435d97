package voiptui.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Answers to requests over UDP. */
final class Answers {

    private static final int MAX_BYTES = 4_096;

    private Answers() {}

    /**
     * Waits for the next datagram; afterwards the channel blocks again.
     *
     * @throws IOException if none comes in time
     */
    static ByteBuffer next(DatagramChannel channel, long timeoutMs) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(MAX_BYTES);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(timeoutMs) == 0 || channel.receive(answer) == null) {
                throw new IOException("no answer within " + timeoutMs + " ms");
            }
        }
        channel.configureBlocking(true);
        return answer.flip();
    }
}
