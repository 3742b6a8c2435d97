package voiptui.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import voiptui.net.DatagramTransport;

/**
 * A transport without a network: keeps what is sent, and delivers what a test puts in. Never waits: with nothing to
 * deliver it says {@link #CLOSED}, so that a pipeline's {@code run} takes all there is and returns. One thread.
 */
public final class MemoryTransport implements DatagramTransport {

    private final Queue<Object> arriving = new ArrayDeque<>();
    private final Queue<Integer> sendResults = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private boolean closed;

    /** {@code datagram} comes next, or after those that were put in before. */
    public void deliver(byte[] datagram) {
        arriving.add(datagram);
    }

    /** Instead of a datagram the next receive says {@code code}, once. */
    public void deliverCode(int code) {
        arriving.add(code);
    }

    /** The next send says {@code code}, once, and sends nothing. */
    public void failNextSend(int code) {
        sendResults.add(code);
    }

    /** All datagrams sent so far. */
    public List<byte[]> sent() {
        return sent;
    }

    @Override
    public int send(ByteBuffer datagram) {
        Integer result = sendResults.poll();
        if (result != null) {
            return result;
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(copy);
        sent.add(copy);
        return copy.length;
    }

    @Override
    public int receive(ByteBuffer buffer) {
        Object next = arriving.poll();
        if (next == null) {
            return CLOSED;
        }
        if (next instanceof Integer code) {
            return code;
        }
        byte[] datagram = (byte[]) next;
        int length = Math.min(datagram.length, buffer.remaining());
        buffer.put(datagram, 0, length);
        return length;
    }

    @Override
    public int localPort() {
        return 5000;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
