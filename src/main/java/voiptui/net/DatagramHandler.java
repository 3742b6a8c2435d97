package voiptui.net;

import java.nio.ByteBuffer;

/** Takes the datagrams that come in. Called by one thread, the one that reads the socket; must not wait. */
public interface DatagramHandler {

    /**
     * A datagram came.
     *
     * @param datagram between position and limit; the caller's again when this returns
     * @param arrivalNs when, by the reader's {@link voiptui.time.NanoClock}
     */
    void onDatagram(ByteBuffer datagram, long arrivalNs);

    /** The other host said that nobody takes our datagrams. */
    void onRefused();
}
