package voiptui.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A UDP socket for one remote address.
 *
 * <p>One thread may send while another receives. {@link #close} may be called by any thread and wakes the receiver.
 */
public interface DatagramTransport extends DatagramSender, AutoCloseable {

    /** Result of {@link #send} and {@link #receive}: the remote host refused an earlier datagram (ICMP). */
    int REFUSED = -1;
    /** Result: the transport is closed. */
    int CLOSED = -2;
    /** Result: a temporary failure of the local network. */
    int UNAVAILABLE = -3;

    /**
     * Sends the bytes between the buffer's position and limit as one datagram.
     *
     * @return the bytes sent, or {@link #REFUSED} (which concerns an earlier datagram), {@link #UNAVAILABLE} or
     *     {@link #CLOSED}
     */
    @Override
    int send(ByteBuffer datagram);

    /**
     * Waits for the next datagram and reads it at the buffer's position, truncated at its limit. The position is then at
     * the end of the datagram.
     *
     * @return its length, or {@link #REFUSED}, {@link #UNAVAILABLE} or {@link #CLOSED} as for {@link #send}
     */
    int receive(ByteBuffer buffer);

    /**
     * Goes on with another address of the remote host, on the same local and remote ports; does nothing if it is the one in
     * use. Any thread; may block for as long as it takes to open a socket.
     */
    default void follow(InetAddress address) {}

    /** Returns the local UDP port. */
    int localPort();

    @Override
    void close() throws IOException;
}
