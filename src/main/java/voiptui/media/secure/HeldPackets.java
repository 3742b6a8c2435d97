package voiptui.media.secure;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.crypto.SrtpProtector;
import voiptui.net.DatagramHandler;
import voiptui.rtp.RtpPacket;

/**
 * The last packets that came before their keys: they overtook the end of the handshake, or we were still computing. A ring of fixed
 * size, which allocates nothing once it exists. Owned by the network thread.
 */
final class HeldPackets {

    /** About a third of a second of speech. */
    static final int PACKETS = 16;

    private static final int MAX_BYTES = RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES;

    private final ByteBuffer[] packets = new ByteBuffer[PACKETS];
    private final long[] arrivalsNs = new long[PACKETS];
    private int first;
    private int count;
    private @Nullable Object owner;

    HeldPackets() {
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = ByteBuffer.allocate(MAX_BYTES);
        }
    }

    /**
     * Holds a packet back.
     *
     * @param of the handshake whose keys it waits for; packets that wait for another one are dropped
     * @return how many packets were dropped, this one or older ones
     */
    int add(ByteBuffer datagram, long arrivalNs, Object of) {
        int dropped = dropIfNot(of);
        owner = of;
        if (datagram.remaining() > MAX_BYTES) {
            return dropped + 1;
        }
        if (count == PACKETS) {
            first = (first + 1) % PACKETS;
            count--;
            dropped++;
        }
        int slot = (first + count++) % PACKETS;
        packets[slot].clear().put(0, datagram, datagram.position(), datagram.remaining()).limit(datagram.remaining());
        arrivalsNs[slot] = arrivalNs;
        return dropped;
    }

    /** Returns whether no packet is held back. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Drops the packets that wait for the keys of another handshake than this one; returns how many. */
    int dropIfNot(@Nullable Object of) {
        if (owner == of) {
            return 0;
        }
        int dropped = count;
        count = 0;
        owner = null;
        return dropped;
    }

    /** Passes the packets on, the oldest first, and holds none any more. */
    void release(DatagramHandler to) {
        for (; count > 0; count--) {
            to.onDatagram(packets[first], arrivalsNs[first]);
            first = (first + 1) % PACKETS;
        }
    }
}
