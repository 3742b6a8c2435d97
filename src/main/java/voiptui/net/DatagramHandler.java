package voiptui.net;

import java.nio.ByteBuffer;

/** Receives incoming datagrams, on the thread that reads the socket; must not block. */
public interface DatagramHandler {

    /**
     * Handles a datagram.
     *
     * @param datagram lies between position and limit; not to be kept
     * @param arrivalNs time of arrival, by the reader's {@link voiptui.time.NanoClock}
     */
    void onDatagram(ByteBuffer datagram, long arrivalNs);

    /** Handles an ICMP refusal: nothing listens at the remote port. */
    void onRefused();
}
