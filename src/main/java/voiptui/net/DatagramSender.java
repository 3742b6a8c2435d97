package voiptui.net;

import java.nio.ByteBuffer;

/** Sends datagrams to one remote address. Any thread; never waits for the network. */
public interface DatagramSender {

    /**
     * Sends the bytes between the buffer's position and limit as one datagram.
     *
     * @return the bytes sent, or one of {@link DatagramTransport#REFUSED}, {@link DatagramTransport#UNAVAILABLE} and
     *     {@link DatagramTransport#CLOSED}
     */
    int send(ByteBuffer datagram);
}
