package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.util.List;
import voiptui.relay.media.measure.FlowStats;

/**
 * Commands of the control thread to the media threads. The methods return at once; the commands about one flow take effect in order, before
 * any packet that arrives later from its client. A move to an address that another media thread reads takes a moment longer: what comes
 * from there before that is dropped.
 */
public interface MediaPlane {

    /** Adds a flow; it has no receivers yet. */
    void open(Flow flow);

    /**
     * Sends what a flow's client sends to {@code receivers} from now on, instead of to its former receivers.
     *
     * @param receivers open flows; none: its packets are dropped
     */
    void route(Flow from, List<Flow> receivers);

    /** Makes two flows peers: each receives the packets of the other. Neither may have a receiver yet. */
    default void pair(Flow one, Flow other) {
        route(one, List.of(other));
        route(other, List.of(one));
    }

    /** Undoes {@link #pair}. */
    default void unpair(Flow one, Flow other) {
        route(one, List.of());
        route(other, List.of());
    }

    /** Forwards the packets that have already arrived from a flow's client, before the next command takes effect. */
    void drain(Flow flow);

    /** Replaces the statistics of a flow whose client has registered again. */
    void renew(Flow flow, FlowStats status);

    /** Gives a flow another source address. */
    void move(Flow flow, InetSocketAddress source);

    /** Removes a flow, which must have no receivers and be nobody's. */
    void close(Flow flow);

    /**
     * Sends media to a flow through its tunnel, and ignores bind datagrams with a counter up to {@code afterCounter}. The
     * next valid one that requests media switches back to UDP.
     */
    void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter);

    /** Forwards a datagram that arrived through a flow's tunnel. Takes over the array. */
    void inject(Flow flow, byte[] datagram);
}
