package voiptui.relay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import voiptui.event.Event;
import voiptui.event.RelayEvent;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.time.NanoClock;
import voiptui.time.TokenBucket;

/**
 * Limits what strangers can write to the log: of each kind of event, {@value #BURST} of one address (an IPv6 /64) at once
 * and {@value #PER_MINUTE} a minute, and {@value #ALL_PER_SECOND} a second of all. The others are summed up in
 * {@link RelayEvent.Suppressed}, once a minute. What the relay itself has to say is not limited.
 *
 * <p>Owned by the control thread, which publishes all events that have an origin.
 */
final class EventLimiter {

    /** How many events of one kind an address may cause at once. */
    static final int BURST = 20;
    /** How many events of one kind an address may cause each minute. */
    static final int PER_MINUTE = 10;
    /** How many events all addresses may cause each second. */
    static final int ALL_PER_SECOND = 50;
    /** How many events all addresses may cause at once. */
    static final int ALL_BURST = 1_000;
    /** How many addresses are remembered; events of others are summed up together. */
    static final int MAX_ORIGINS = 2_048;
    /** How many addresses are named in the sums of a minute; the others are added up. */
    static final int MAX_SUMS = 50;

    private static final double SECONDS_PER_MINUTE = 60;

    /** Whose events, and which. */
    private record Key(String origin, String event) {}

    /** The events of one kind and one origin. */
    private static final class Flow {
        private final TokenBucket tokens;
        private long suppressed;

        Flow(NanoClock clock) {
            tokens = new TokenBucket(PER_MINUTE / SECONDS_PER_MINUTE, BURST, clock);
        }
    }

    private final NanoClock clock;
    private final TokenBucket all;
    private final Map<Key, Flow> flows = new LinkedHashMap<>();
    /** Events of origins for which there was no room, by kind. */
    private final Map<String, Long> others = new LinkedHashMap<>();

    EventLimiter(NanoClock clock) {
        this.clock = clock;
        this.all = new TokenBucket(ALL_PER_SECOND, ALL_BURST, clock);
    }

    /** Returns whether an event may be published; otherwise it is counted. */
    boolean admits(Event event) {
        if (!(event instanceof RelayEvent relayEvent) || relayEvent.origin().isEmpty()) {
            return true;
        }
        Key key = new Key(site(relayEvent.origin()), event.eventName());
        Flow flow = flows.get(key);
        if (flow == null && flows.size() < MAX_ORIGINS) {
            flow = new Flow(clock);
            flows.put(key, flow);
        }
        if (flow != null && flow.tokens.has(1) && all.take(1)) {
            flow.tokens.take(1);
            return true;
        }
        if (flow == null) {
            others.merge(key.event, 1L, Long::sum);
        } else {
            flow.suppressed++;
        }
        return false;
    }

    /** Returns the site of an address with or without a port; a name as it is. */
    private static String site(String origin) {
        return IpText.parseHost(origin)
                .map(IpNetwork::ofSite)
                .map(IpNetwork::toString)
                .orElse(origin);
    }

    /** Returns the sums of what was suppressed since the last call. To be called once a minute. */
    List<RelayEvent> sums() {
        List<RelayEvent> sums = new ArrayList<>();
        Iterator<Map.Entry<Key, Flow>> each = flows.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Key, Flow> entry = each.next();
            Flow flow = entry.getValue();
            if (flow.suppressed > 0 && sums.size() < MAX_SUMS) {
                sums.add(new RelayEvent.Suppressed(entry.getKey().origin, entry.getKey().event, flow.suppressed));
            } else if (flow.suppressed > 0) {
                others.merge(entry.getKey().event, flow.suppressed, Long::sum);
            }
            flow.suppressed = 0;
            if (flow.tokens.has(BURST)) {
                each.remove();
            }
        }
        others.forEach((event, count) -> sums.add(new RelayEvent.Suppressed("", event, count)));
        others.clear();
        return sums;
    }
}
