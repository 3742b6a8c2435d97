package voiptui.media;

import java.nio.ByteBuffer;

/** Makes datagrams of frames. Owned by the capture thread, and by the call thread once that has ended. */
interface Packetizer {

    /**
     * Codes a frame and puts it into a packet, the next in the row.
     *
     * @return the datagram between position and limit, which is the packetizer's again with the next call
     */
    ByteBuffer packetOf(short[] frame);

    /** The datagram that says that nothing more will come, as {@link #packetOf}. */
    ByteBuffer farewell();
}
