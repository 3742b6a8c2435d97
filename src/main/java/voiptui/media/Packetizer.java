package voiptui.media;

import java.nio.ByteBuffer;

/** Puts payloads into datagrams. Owned by the capture thread, and by the call thread after that has ended. */
interface Packetizer {

    /**
     * Puts a payload into the next packet of the stream. Allocates nothing.
     *
     * @param payload holds the payload from index 0; neither moved nor kept
     * @param payloadBytes length of the payload, in bytes
     * @return the datagram between position and limit, valid until the next call
     */
    ByteBuffer packetize(ByteBuffer payload, int payloadBytes);

    /** Returns the datagram that ends the stream, between position and limit. */
    ByteBuffer endOfTransmission();
}
