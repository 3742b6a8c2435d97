package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.socket.AddressTable;
import voiptui.relay.media.socket.PackedAddress;

/**
 * The flows, by source address; and the addresses that classic clients registered from, because only those may make the
 * control thread look for the owner of an unknown port. Owned by the media thread; any thread may call {@link #find}.
 */
final class FlowTable {

    /** The shortest time between two such look-ups for one address. */
    private static final long ASK_INTERVAL_NS = 20_000_000L;

    /** An address that classic clients registered from. */
    private static final class Host {
        private int flows;
        private long nextAskNs;

        Host(long nowNs) {
            nextAskNs = nowNs;
        }
    }

    private final Map<InetSocketAddress, Flow> bySource = new ConcurrentHashMap<>();
    /** The same, for the media thread. */
    private final AddressTable<Flow> byPacked = new AddressTable<>();

    private final Map<InetAddress, Host> hosts = new HashMap<>();

    /** Adds a flow, under its source if that is known. */
    void add(Flow flow, long nowNs) {
        if (flow.bind == null) {
            hosts.computeIfAbsent(flow.host, absent -> new Host(nowNs)).flows++;
        }
        if (flow.source != null) {
            put(flow.source, flow);
        }
    }

    /** Gives a flow another source; it is found under the former one, too, until {@link #forgetFormer}. */
    void move(Flow flow, InetSocketAddress source) {
        forgetFormer(flow);
        flow.formerSource = flow.source;
        flow.source = source;
        put(source, flow);
    }

    /** Takes the source before the last move away from a flow. */
    void forgetFormer(Flow flow) {
        if (flow.formerSource != null && !flow.formerSource.equals(flow.source)) {
            remove(flow.formerSource, flow);
        }
        flow.formerSource = null;
    }

    /** Takes the source away from a flow. */
    void vacate(Flow flow) {
        forgetFormer(flow);
        if (flow.source != null) {
            remove(flow.source, flow);
            flow.source = null;
        }
    }

    /** Removes a flow. */
    void remove(Flow flow) {
        vacate(flow);
        if (flow.bind == null) {
            hosts.computeIfPresent(flow.host, (address, host) -> --host.flows == 0 ? null : host);
        }
    }

    private void put(InetSocketAddress source, Flow flow) {
        bySource.put(source, flow);
        byPacked.put(PackedAddress.of(source), flow);
    }

    private void remove(InetSocketAddress source, Flow flow) {
        bySource.remove(source, flow);
        byPacked.remove(PackedAddress.of(source), flow);
    }

    /** Returns the flow whose packets come from an address as numbers; null: none. Media thread. */
    @Nullable
    Flow find(long high, long low, int port) {
        return byPacked.get(high, low, port);
    }

    /** Returns the flow whose packets come from {@code source}; null: none. */
    @Nullable
    Flow find(InetSocketAddress source) {
        return bySource.get(source);
    }

    /**
     * Returns whether the control thread should look for the owner of {@code sender}, which is no flow's source: a classic
     * client has registered from its address, and the last look-up was long enough ago.
     */
    boolean mayAskAbout(InetSocketAddress sender, long nowNs) {
        Host host = hosts.get(sender.getAddress());
        if (host == null || host.nextAskNs - nowNs > 0) {
            return false;
        }
        host.nextAskNs = nowNs + ASK_INTERVAL_NS;
        return true;
    }

    /** Returns a copy of the flows whose source is known. */
    Collection<Flow> flows() {
        return List.copyOf(bySource.values());
    }
}
