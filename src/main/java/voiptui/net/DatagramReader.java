package voiptui.net;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import voiptui.time.NanoClock;

/**
 * Reads a transport until it is closed, and hands on what comes, each datagram with the moment of its arrival.
 *
 * <p>It is the work of one thread, the network thread. Allocates nothing for each datagram.
 */
public final class DatagramReader implements Runnable {

    /** A socket that fails at once, again and again, must not turn into a busy loop. */
    private static final long FAILURE_PAUSE_NS = 20_000_000L;

    private final DatagramTransport transport;
    private final DatagramHandler handler;
    private final NanoClock clock;
    private final ByteBuffer datagram;

    /**
     * Reads nothing yet.
     *
     * @param maxDatagramBytes what is longer is cut off there
     * @param clock tells the moments of arrival
     */
    public DatagramReader(DatagramTransport transport, int maxDatagramBytes, DatagramHandler handler, NanoClock clock) {
        this.transport = transport;
        this.handler = handler;
        this.clock = clock;
        this.datagram = ByteBuffer.allocateDirect(maxDatagramBytes);
    }

    @Override
    public void run() {
        while (true) {
            datagram.clear();
            int received = transport.receive(datagram);
            if (received == DatagramTransport.CLOSED) {
                return;
            }
            if (received >= 0) {
                datagram.flip();
                handler.onDatagram(datagram, clock.nanoTime());
            } else if (received == DatagramTransport.REFUSED) {
                handler.onRefused();
            } else {
                LockSupport.parkNanos(FAILURE_PAUSE_NS);
            }
        }
    }
}
