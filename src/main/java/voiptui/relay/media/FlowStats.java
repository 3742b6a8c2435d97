package voiptui.relay.media;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What has been seen of one client's media since it registered.
 *
 * <p>Written by the media thread alone; read by the control thread, which sees each value a moment later. Noting an
 * ordinary packet is three ordered writes: no lock, no fence, no allocation.
 */
public final class FlowStats {

    private static final VarHandle LAST_HEARD_NS;
    private static final VarHandle PACKETS;
    private static final VarHandle BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LAST_HEARD_NS = lookup.findVarHandle(FlowStats.class, "lastHeardNs", long.class);
            PACKETS = lookup.findVarHandle(FlowStats.class, "packets", long.class);
            BYTES = lookup.findVarHandle(FlowStats.class, "bytes", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile long lastHeardNs;
    private volatile long packets;
    private volatile long bytes;
    private volatile boolean heard;
    private volatile boolean endOfTransmission;
    private volatile boolean unreachable;

    /**
     * Notes a packet: whoever is heard is reachable, and is in transmission unless the packet says that it ends.
     *
     * @param packetBytes the whole datagram's payload
     */
    public void onHeard(long nowNs, int packetBytes, boolean endsTransmission) {
        LAST_HEARD_NS.setRelease(this, nowNs);
        PACKETS.setRelease(this, (long) PACKETS.get(this) + 1);
        BYTES.setRelease(this, (long) BYTES.get(this) + packetBytes);
        if (!heard || unreachable || endOfTransmission != endsTransmission) {
            heard = true;
            unreachable = false;
            endOfTransmission = endsTransmission;
        }
    }

    /** Notes that the client's host refused a packet (ICMP port unreachable). */
    public void onUnreachable() {
        if (!unreachable) {
            unreachable = true;
        }
    }

    /** Whether any packet came. */
    public boolean isHeard() {
        return heard;
    }

    /** Whether a packet came less than {@code withinNs} ago. */
    public boolean isHeardWithin(long withinNs, long nowNs) {
        return heard && nowNs - lastHeardNs < withinNs;
    }

    /** When the last packet came, by the relay's clock; means nothing unless {@link #isHeard}. */
    public long lastHeardNs() {
        return lastHeardNs;
    }

    /** How many packets came. */
    public long packets() {
        return packets;
    }

    /** How many bytes of payload were in them; may already or not yet include a packet that {@link #packets} counts. */
    public long bytes() {
        return bytes;
    }

    /** Whether the last packet said end of transmission. */
    public boolean isEndOfTransmission() {
        return endOfTransmission;
    }

    /** Whether the client's host has refused packets since it was last heard. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
