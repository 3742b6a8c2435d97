package voiptui.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One end of a UDP conversation with a single other end.
 *
 * <p>One thread sends and one receives, at the same time; {@link #close} may come from any third and wakes the receiver.
 */
public interface DatagramTransport extends DatagramSender, AutoCloseable {

    /** What {@link #send} and {@link #receive} answer when there is no datagram to speak of. */
    int REFUSED = -1;
    /** The transport was closed. */
    int CLOSED = -2;
    /** The local network would not take it now; later it may. */
    int UNAVAILABLE = -3;

    /**
     * Sends what lies between the buffer's position and limit as one datagram.
     *
     * @return the bytes sent, or {@link #REFUSED} when the other host said that nobody listens (which concerns an
     *     earlier datagram), {@link #UNAVAILABLE} or {@link #CLOSED}
     */
    @Override
    int send(ByteBuffer datagram);

    /**
     * Waits for the next datagram and puts it into {@code buffer} from its position on, cut off at its limit. Afterwards
     * the position is at the datagram's end.
     *
     * @return its length, or {@link #REFUSED}, {@link #UNAVAILABLE} or {@link #CLOSED} as for {@link #send}
     */
    int receive(ByteBuffer buffer);

    /** The local UDP port. */
    int localPort();

    @Override
    void close() throws IOException;
}
