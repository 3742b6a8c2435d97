package voiptui.media.stream;

import java.nio.ByteBuffer;

/** Parses the datagrams of a call in one packet format. Owned by the network thread. */
public interface Depacketizer {

    /**
     * Processes a datagram; a malformed or unexpected one is counted and dropped.
     *
     * @param datagram the bytes between position and limit; not kept
     * @param arrivalNs time of arrival, in nanoseconds of the call's clock
     */
    void onDatagram(ByteBuffer datagram, long arrivalNs);

    /** Returns the interarrival jitter in milliseconds (RFC 3550, A.8). Any thread. */
    double jitterMs();

    /** Returns how many of our packets the peer has reported as lost so far; -1: it has not reported. Any thread. */
    default long peerLost() {
        return -1;
    }
}
