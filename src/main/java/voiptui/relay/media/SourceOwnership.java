package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which flow owns which source address: the address that its media comes from and goes to.
 *
 * <p>An address has one owner. A classic client never gets an address that a v2 client has proved; a v2 client that
 * proves an address gets it unless its owner is still heard, and then evicts that owner. Knows no sockets. Owned by the
 * control thread, which has the media threads carry out what was decided; {@link #isFree} may be called by any thread.
 */
final class SourceOwnership {

    /** An owner not heard for this long no longer keeps others from its address: two binds of an idle client. */
    static final long ALIVE_NS = 31_000_000_000L;

    /** Outcome of a move. */
    enum Move {
        /** The flow owns the address now. */
        MOVED,
        /** The flow owned it already. */
        UNCHANGED,
        /** The address belongs to another flow; nothing changed. */
        REFUSED
    }

    private final FlowTable flows;
    private final BiConsumer<Flow, InetSocketAddress> evicted;

    /**
     * Creates the rules for {@code flows}.
     *
     * @param evicted receives each flow that has lost its address to another, and that address
     */
    SourceOwnership(FlowTable flows, BiConsumer<Flow, InetSocketAddress> evicted) {
        this.flows = flows;
        this.evicted = evicted;
    }

    /**
     * Enters a new flow with the source that it has, if any.
     *
     * @return false if that source belongs to another flow; the new flow then has none
     */
    boolean open(Flow flow, long nowNs) {
        InetSocketAddress source = flow.source;
        boolean granted = source == null || claim(flow, source, nowNs);
        if (!granted) {
            flow.source = null;
        }
        flows.add(flow, nowNs);
        return granted;
    }

    /** Gives {@code flow} another source. */
    Move move(Flow flow, InetSocketAddress source, long nowNs) {
        if (source.equals(flow.source)) {
            return Move.UNCHANGED;
        }
        if (!claim(flow, source, nowNs)) {
            return Move.REFUSED;
        }
        flows.move(flow, source);
        if (flow.bind != null) {
            flow.bind.lastHeardNs = nowNs;
        }
        return Move.MOVED;
    }

    /** Removes a flow and frees its address. */
    void close(Flow flow) {
        flows.remove(flow);
    }

    /** Returns whether {@code source} has no owner besides {@code flow} that is still heard. */
    boolean isFree(Flow flow, InetSocketAddress source, long nowNs) {
        Flow owner = flows.find(source);
        return owner == null || owner == flow || !isAlive(owner, nowNs);
    }

    /**
     * Returns whether {@code flow} may get a socket of its own for {@code source}. Two sockets for one address would take
     * each other's packets, so not if the flow itself or a v2 client has one.
     *
     * @param source null: not known yet, which needs no socket but does no harm
     */
    boolean mayOpenSocket(Flow flow, @Nullable InetSocketAddress source) {
        Flow owner = source == null ? null : flows.find(source);
        return owner == null || owner != flow && (flow.bind != null || owner.bind == null);
    }

    private boolean claim(Flow flow, InetSocketAddress source, long nowNs) {
        Flow owner = flows.find(source);
        if (flow.bind == null) {
            return owner == null || owner.bind == null;
        }
        if (!isFree(flow, source, nowNs)) {
            return false;
        }
        if (owner != null) {
            flows.vacate(owner);
            evicted.accept(owner, source);
        }
        return true;
    }

    private static boolean isAlive(Flow flow, long nowNs) {
        return flow.link != null
                || flow.status.isHeardWithin(ALIVE_NS, nowNs)
                || flow.bind != null && nowNs - flow.bind.lastHeardNs < ALIVE_NS;
    }
}
