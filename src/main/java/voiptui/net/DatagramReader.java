package voiptui.net;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import voiptui.time.NanoClock;

/**
 * Reads a transport until it is closed and passes each datagram on with its time of arrival.
 *
 * <p>Runs on the network thread. Allocates nothing per datagram.
 */
public final class DatagramReader implements Runnable {

    /** Pause after a failure, so that a socket that keeps failing causes no busy loop. */
    private static final long FAILURE_PAUSE_NS = 20_000_000L;

    private final DatagramTransport transport;
    private final DatagramHandler handler;
    private final NanoClock clock;
    private final ByteBuffer datagram;

    /**
     * Creates a reader that has read nothing yet.
     *
     * @param maxDatagramBytes longer datagrams are truncated
     * @param clock the clock of the arrival times
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
