package voiptui.media.stream;

import java.nio.ByteBuffer;
import voiptui.voice.VoiceSender;

/** Puts payloads into datagrams. Owned by the capture thread, and by the call thread after that has ended. */
public interface Packetizer {

    /**
     * Puts a payload into the next packet of the stream. Allocates nothing.
     *
     * @param sender has the payload of the packet; not kept
     * @return the datagram between position and limit, valid until the next call
     */
    ByteBuffer packetize(VoiceSender sender);

    /** Returns the datagram that ends the stream, between position and limit. */
    ByteBuffer endOfTransmission();
}
