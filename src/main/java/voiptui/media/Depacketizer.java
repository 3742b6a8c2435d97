package voiptui.media;

import java.nio.ByteBuffer;

/** Takes the datagrams of a call whose packets are agreed on. Owned by the network thread. */
interface Depacketizer {

    /**
     * A datagram came, whatever it is.
     *
     * @param datagram between position and limit; not kept
     */
    void onDatagram(ByteBuffer datagram, long arrivalNs);

    /** Interarrival jitter by now, in milliseconds (RFC 3550, A.8). Any thread. */
    double jitterMs();
}
