package voiptui.relay.media.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Statistics of one client's media since it registered.
 *
 * <p>Written by the media thread only; the control thread reads each value slightly later. Counting an ordinary packet is
 * three ordered writes: no lock, no fence, no allocation.
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
     * Counts a packet. The client is reachable now, and transmitting unless the packet ends its transmission.
     *
     * @param packetBytes length of the datagram
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

    /** Records that the client's host refused a packet (ICMP port unreachable). */
    public void onUnreachable() {
        if (!unreachable) {
            unreachable = true;
        }
    }

    /** Returns whether any packet arrived. */
    public boolean isHeard() {
        return heard;
    }

    /** Returns whether a packet arrived less than {@code withinNs} ago. */
    public boolean isHeardWithin(long withinNs, long nowNs) {
        return heard && nowNs - lastHeardNs < withinNs;
    }

    /** Returns the arrival time of the last packet, by the relay's clock; undefined unless {@link #isHeard}. */
    public long lastHeardNs() {
        return lastHeardNs;
    }

    /** Returns the packets received. */
    public long packets() {
        return packets;
    }

    /** Returns the bytes received; may differ from {@link #packets} by one packet. */
    public long bytes() {
        return bytes;
    }

    /** Returns whether the last packet was an end of transmission. */
    public boolean isEndOfTransmission() {
        return endOfTransmission;
    }

    /** Returns whether the client's host has refused packets since the last one arrived. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
