package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The flows, by source address; and the addresses that classic clients registered from, because only those may make the
 * control thread look for the owner of an unknown port. Changed by the control thread; any thread may look.
 */
final class FlowTable {

    /** The shortest time between two such look-ups for one address. */
    private static final long ASK_INTERVAL_NS = 20_000_000L;

    /** An address that classic clients registered from. */
    private static final class Host {
        private int flows;
        private final AtomicLong nextAskNs;

        Host(long nowNs) {
            nextAskNs = new AtomicLong(nowNs);
        }
    }

    private final Map<InetSocketAddress, Flow> bySource = new ConcurrentHashMap<>();
    private final Map<InetAddress, Host> hosts = new ConcurrentHashMap<>();

    /** Adds a flow, under its source if that is known. */
    void add(Flow flow, long nowNs) {
        if (flow.bind == null) {
            hosts.computeIfAbsent(flow.host, absent -> new Host(nowNs)).flows++;
        }
        if (flow.source != null) {
            bySource.put(flow.source, flow);
        }
    }

    /** Gives a flow another source. */
    void move(Flow flow, InetSocketAddress source) {
        forget(flow);
        flow.source = source;
        bySource.put(source, flow);
    }

    /** Takes the source away from a flow. */
    void vacate(Flow flow) {
        forget(flow);
        flow.source = null;
    }

    /** Removes a flow, which keeps its source. */
    void remove(Flow flow) {
        forget(flow);
        if (flow.bind == null) {
            hosts.computeIfPresent(flow.host, (address, host) -> --host.flows == 0 ? null : host);
        }
    }

    private void forget(Flow flow) {
        if (flow.source != null) {
            bySource.remove(flow.source, flow);
        }
    }

    /** Returns the flow whose packets come from {@code source}; null: none. Any thread. */
    @Nullable
    Flow find(InetSocketAddress source) {
        return bySource.get(source);
    }

    /**
     * Returns whether the control thread should look for the owner of {@code sender}, which is no flow's source: a classic
     * client has registered from its address, and the last look-up was long enough ago. Any thread.
     */
    boolean mayAskAbout(InetSocketAddress sender, long nowNs) {
        Host host = hosts.get(sender.getAddress());
        if (host == null) {
            return false;
        }
        long nextNs = host.nextAskNs.get();
        return nextNs - nowNs <= 0 && host.nextAskNs.compareAndSet(nextNs, nowNs + ASK_INTERVAL_NS);
    }
}
