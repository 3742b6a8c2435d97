package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The flows that are carried, by where they come from; and which addresses classic clients have registered from, so that
 * only those can make the control thread look for the owner of an unknown port. Owned by the media thread; any thread may
 * {@link #find}.
 */
final class FlowTable {

    /** How often an address may make the control thread look for the owner of an unknown port. */
    private static final long ASK_INTERVAL_NS = 20_000_000L;

    /** One address that classic clients have registered from. */
    private static final class Host {
        private int flows;
        private long nextAskNs;

        Host(long nowNs) {
            nextAskNs = nowNs;
        }
    }

    private final Map<InetSocketAddress, Flow> bySource = new ConcurrentHashMap<>();
    private final Map<InetAddress, Host> hosts = new HashMap<>();

    /** Enters a flow, under its source if that is known. */
    void add(Flow flow, long nowNs) {
        if (flow.bind == null) {
            hosts.computeIfAbsent(flow.host, absent -> new Host(nowNs)).flows++;
        }
        if (flow.source != null) {
            bySource.put(flow.source, flow);
        }
    }

    /** Enters a flow under another source than before. */
    void move(Flow flow, InetSocketAddress source) {
        vacate(flow);
        flow.source = source;
        bySource.put(source, flow);
    }

    /** Forgets where a flow comes from. */
    void vacate(Flow flow) {
        if (flow.source != null) {
            bySource.remove(flow.source, flow);
            flow.source = null;
        }
    }

    /** Strikes a flow out. */
    void remove(Flow flow) {
        vacate(flow);
        if (flow.bind == null) {
            hosts.computeIfPresent(flow.host, (address, host) -> --host.flows == 0 ? null : host);
        }
    }

    /** The flow whose packets come from {@code source}, or {@code null}. */
    Flow find(InetSocketAddress source) {
        return bySource.get(source);
    }

    /**
     * Whether it is worth asking who {@code sender}, which is no flow's source, may be: its address has registered, and
     * was not asked about a moment ago.
     */
    boolean mayAskAbout(InetSocketAddress sender, long nowNs) {
        Host host = hosts.get(sender.getAddress());
        if (host == null || host.nextAskNs - nowNs > 0) {
            return false;
        }
        host.nextAskNs = nowNs + ASK_INTERVAL_NS;
        return true;
    }

    /** The flows whose source is known. */
    Collection<Flow> flows() {
        return List.copyOf(bySource.values());
    }
}
