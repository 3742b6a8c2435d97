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
 * Applies {@link ConnectionLimits.Handshakes} to each address. Classic connections are not counted: they cost next to
 * nothing, and a client makes one for each heartbeat.
 *
 * <p>Owned by the control thread.
 */
final class HandshakeLimiter {

    /**
     * The greatest number of handshakes in progress, divided evenly among the addresses that have any. Each holds
     * 100 kB; a thousand of them make garbage collection stop everything, media too, for 100 ms (measured).
     */
    static final int MAX_CONCURRENT = 64;
    /** The least that an address gets, however many others there are. */
    static final int MIN_SHARE = 1;

    private static final double NS_PER_SECOND = 1e9;
    private static final int IPV6_NETWORK_BYTES = 8;

    /** The state of one address. */
    private static final class Host {
        private double tokens;
        private double failures;
        private long asOfNs;
        private int handshakes;
        private boolean blocked;
        private long blockedUntilNs;
    }

    private final ConnectionLimits.Handshakes limits;
    private final NanoClock clock;
    private final Map<InetAddress, Host> hosts;
    /** The number of addresses with a handshake in progress. */
    private int activeHosts;

    HandshakeLimiter(ConnectionLimits.Handshakes limits, NanoClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.hosts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<InetAddress, Host> oldest) {
                boolean tooMany = size() > limits.addresses();
                if (tooMany && oldest.getValue().handshakes > 0) {
                    activeHosts--;
                }
                return tooMany;
            }
        };
    }

    /** Returns whether connections from {@code address} are closed unread. Remembers nothing new. */
    boolean isBlocked(InetAddress address) {
        Host host = hosts.get(network(address));
        if (host != null && host.blocked && host.blockedUntilNs - clock.nanoTime() <= 0) {
            host.blocked = false;
        }
        return host != null && host.blocked;
    }

    /** Returns whether a handshake may begin; if so it counts as in progress until {@link #endHandshake}. */
    boolean beginHandshake(InetAddress address) {
        if (isBlocked(address)) {
            return false;
        }
        Host host = hosts.computeIfAbsent(network(address), this::newHost);
        update(host);
        if (host.tokens < 1 || host.handshakes >= share(host)) {
            return false;
        }
        host.tokens--;
        host.handshakes++;
        activeHosts += host.handshakes == 1 ? 1 : 0;
        return true;
    }

    private int share(Host host) {
        int hostsToServe = activeHosts + (host.handshakes == 0 ? 1 : 0);
        return Math.min(limits.concurrent(), Math.max(MIN_SHARE, MAX_CONCURRENT / hostsToServe));
    }

    /** Notes that a handshake ended. */
    void endHandshake(InetAddress address) {
        Host host = hosts.get(network(address));
        if (host != null && host.handshakes > 0) {
            host.handshakes--;
            activeHosts -= host.handshakes == 0 ? 1 : 0;
        }
    }

    /** Notes that a handshake failed, or that nothing followed it. */
    void noteFailure(InetAddress address) {
        Host host = hosts.computeIfAbsent(network(address), this::newHost);
        update(host);
        host.failures++;
        if (host.failures > limits.failures()) {
            host.failures = 0;
            host.blocked = true;
            host.blockedUntilNs = clock.nanoTime() + limits.blockMs() * NS_PER_MS;
        }
    }

    /** Returns the number of remembered addresses. */
    int size() {
        return hosts.size();
    }

    private Host newHost(InetAddress address) {
        Host host = new Host();
        host.tokens = limits.burst();
        host.asOfNs = clock.nanoTime();
        return host;
    }

    /** Adds the tokens, and removes the failures, for the time since the last update. */
    private void update(Host host) {
        long nowNs = clock.nanoTime();
        long passedNs = nowNs - host.asOfNs;
        host.asOfNs = nowNs;
        host.tokens = Math.min(limits.burst(), host.tokens + passedNs / NS_PER_SECOND * limits.perSecond());
        double forgiven = (double) passedNs / (limits.blockMs() * NS_PER_MS) * limits.failures();
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
