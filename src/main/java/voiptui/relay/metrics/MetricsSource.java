package voiptui.relay.metrics;

import java.util.concurrent.CompletableFuture;
import voiptui.event.Counters;
import voiptui.relay.media.measure.Distribution;

/** What monitoring reads from a relay. Any thread. */
public interface MetricsSource {

    /**
     * The clients and calls of one moment.
     *
     * @param names client names that have an owner
     * @param maxClients the most clients that are admitted
     * @param sessions v2 clients, including those whose connection is lost and that may come back
     * @param online v2 clients that are connected
     * @param classic classic clients
     * @param calls calls by kind
     * @param relays the other relays of the cluster
     */
    record Readings(int names, int maxClients, int sessions, int online, int classic, Calls calls, Relays relays) {}

    /**
     * The other relays of the cluster, as far as they are known.
     *
     * @param reachable those that can be reached
     * @param lost those that could be a moment ago
     */
    record Relays(int reachable, int lost) {

        /** There are none. */
        public static final Relays NONE = new Relays(0, 0);
    }

    /**
     * Calls by kind.
     *
     * @param unanswered calls that ring, or wait for somebody to be there
     * @param v2 connected calls between v2 clients
     * @param mixed connected calls between a v2 and a classic client
     * @param classic connected calls between classic clients
     */
    record Calls(int unanswered, int v2, int mixed, int classic) {}

    /** Returns the relay's totals. */
    Counters counters();

    /** Returns the clients and calls; completed by the control thread. */
    CompletableFuture<Readings> readings();

    /** Returns how long datagrams took from being read to being sent, in nanoseconds. */
    Distribution forwardingTimes();

    /** Returns the losses between clients and the relay, in parts per million, by leg and interval. */
    Distribution lossesFromClients();

    /** Returns the losses between the relay and clients, in parts per million, by leg and interval. */
    Distribution lossesToClients();

    /** Returns what is completed once each thread that serves calls has answered: the relay lives. */
    CompletableFuture<Void> heartbeat();

    /** Returns whether new calls are accepted. */
    boolean isReady();
}
