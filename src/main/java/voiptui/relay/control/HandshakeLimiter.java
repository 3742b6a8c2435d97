package voiptui.relay.control;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import voiptui.time.NanoClock;

/**
 * How much each address may ask of the relay: {@link ConnectionLimits} put into effect. Classic connections are not counted;
 * they cost next to nothing, and a client makes one for each heartbeat.
 *
 * <p>Owned by the control thread.
 */
final class HandshakeLimiter {

    /**
     * So many handshakes may be under way in all, shared out evenly among the addresses that have any: a half one holds 100 kB,
     * and with a thousand of them collecting garbage stops everything, media too, for 100 ms (measured).
     */
    static final int HANDSHAKES_IN_ALL = 64;
    /** What an address may have however many others there are. */
    static final int LEAST_SHARE = 1;

    private static final double NS_PER_SECOND = 1e9;
    private static final int IPV6_NETWORK_BYTES = 8;

    /** What is remembered of one address. */
    private static final class Host {
        private double room;
        private double failures;
        private long asOfNs;
        private int handshakes;
        private boolean away;
        private long awayUntilNs;
    }

    private final ConnectionLimits limits;
    private final NanoClock clock;
    private final Map<InetAddress, Host> hosts;
    /** How many addresses have a handshake under way. */
    private int shakingHosts;

    HandshakeLimiter(ConnectionLimits limits, NanoClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.hosts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<InetAddress, Host> oldest) {
                boolean tooMany = size() > limits.addresses();
                if (tooMany && oldest.getValue().handshakes > 0) {
                    shakingHosts--;
                }
                return tooMany;
            }
        };
    }

    /** Whether connections from there are closed unheard. Remembers nothing new. */
    boolean isTurnedAway(InetAddress address) {
        Host host = hosts.get(network(address));
        if (host != null && host.away && host.awayUntilNs - clock.nanoTime() <= 0) {
            host.away = false;
        }
        return host != null && host.away;
    }

    /** Whether a handshake with that address may begin; if so it is under way until {@link #endHandshake}. */
    boolean beginHandshake(InetAddress address) {
        if (isTurnedAway(address)) {
            return false;
        }
        Host host = hosts.computeIfAbsent(network(address), this::stranger);
        age(host);
        if (host.room < 1 || host.handshakes >= share(host)) {
            return false;
        }
        host.room--;
        host.handshakes++;
        shakingHosts += host.handshakes == 1 ? 1 : 0;
        return true;
    }

    private int share(Host host) {
        int sharers = shakingHosts + (host.handshakes == 0 ? 1 : 0);
        return Math.min(limits.handshakesAtOnce(), Math.max(LEAST_SHARE, HANDSHAKES_IN_ALL / sharers));
    }

    /** A handshake is over. */
    void endHandshake(InetAddress address) {
        Host host = hosts.get(network(address));
        if (host != null && host.handshakes > 0) {
            host.handshakes--;
            shakingHosts -= host.handshakes == 0 ? 1 : 0;
        }
    }

    /** What came from there was no client: a handshake failed, or no word followed it. */
    void noteFailure(InetAddress address) {
        Host host = hosts.computeIfAbsent(network(address), this::stranger);
        age(host);
        host.failures++;
        if (host.failures > limits.failures()) {
            host.failures = 0;
            host.away = true;
            host.awayUntilNs = clock.nanoTime() + limits.awayMs() * NS_PER_MS;
        }
    }

    /** How many addresses are remembered. */
    int size() {
        return hosts.size();
    }

    private Host stranger(InetAddress address) {
        Host host = new Host();
        host.room = limits.burst();
        host.asOfNs = clock.nanoTime();
        return host;
    }

    /** Gives back the room, and takes away the failures, that the time since the last look is worth. */
    private void age(Host host) {
        long nowNs = clock.nanoTime();
        long passedNs = nowNs - host.asOfNs;
        host.asOfNs = nowNs;
        host.room = Math.min(limits.burst(), host.room + passedNs / NS_PER_SECOND * limits.perSecond());
        double forgiven = (double) passedNs / (limits.awayMs() * NS_PER_MS) * limits.failures();
        host.failures = Math.max(0, host.failures - forgiven);
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(
                    Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), address.getAddress().length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
