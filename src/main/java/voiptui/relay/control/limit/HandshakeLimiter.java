package voiptui.relay.control.limit;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.List;
import voiptui.net.IpNetwork;
import voiptui.net.NetworkMap;
import voiptui.time.NanoClock;
import voiptui.time.TokenBucket;

/**
 * Applies {@link ConnectionLimits.Handshakes} to each address, and to the larger networks that it is in. Classic
 * connections are not counted: they cost next to nothing, and a client makes one for each heartbeat.
 *
 * <p>An address over its limits is not shut out altogether, because strangers and known clients may share it: a few
 * handshakes a second are made to find out who is there.
 *
 * <p>Owned by the control thread.
 */
public final class HandshakeLimiter {

    /** What may become of a connection that wants a handshake. */
    public enum Admission {
        /** It is within the limits. */
        ALLOWED,
        /** Its address is over the limits: only a known certificate gets in, others are told why they do not. */
        KNOWN_ONLY,
        /** It is closed. */
        REFUSED
    }

    /** How many handshakes a second an address over its limits may make. */
    static final int KNOWN_ONLY_PER_SECOND = 2;
    /** How many of them may come at once. */
    static final int KNOWN_ONLY_BURST = 5;
    /** How much more than an address a network of the next size may do. */
    static final int SCALE = 2;

    /** The rank of a network from which somebody has signed in. */
    public static final int TRUSTED = 0;
    /** The rank of a network without failures. */
    static final int NEW = 1;
    /** The rank of a network that is over its limits. */
    static final int OVER_LIMIT = 1_000;

    /** The state of one network. */
    private static final class Network {
        private final int scale;
        private final TokenBucket handshakes;
        private final TokenBucket knownOnly;
        private double failures;
        private long asOfNs;
        private boolean blocked;
        private long blockedUntilNs;

        Network(int scale, TokenBucket handshakes, TokenBucket knownOnly, long nowNs) {
            this.scale = scale;
            this.handshakes = handshakes;
            this.knownOnly = knownOnly;
            this.asOfNs = nowNs;
        }
    }

    private ConnectionLimits.Handshakes limits;
    private List<IpNetwork> exempt;
    private final NanoClock clock;
    private final NetworkMap<Network> networks;
    /** Where somebody has signed in, the one used last at the end. */
    private final NetworkMap<Boolean> trusted;

    /** Creates a limiter that has seen nobody yet. */
    public HandshakeLimiter(ConnectionLimits limits, NanoClock clock) {
        this.limits = limits.handshakes();
        this.exempt = limits.exempt();
        this.clock = clock;
        this.networks = new NetworkMap<>(this.limits.addresses());
        this.trusted = new NetworkMap<>(this.limits.addresses());
    }

    /** Takes over other limits, and forgets what they were used up by. */
    public void use(ConnectionLimits changed) {
        limits = changed.handshakes();
        exempt = changed.exempt();
        networks.clear();
    }

    /** Returns whether connections from {@code address} are closed unread. Remembers nothing new. */
    public boolean isShut(InetAddress address) {
        if (isExempt(address)) {
            return false;
        }
        boolean blocked = false;
        boolean asked = true;
        for (IpNetwork network : NetworkTally.networks(address)) {
            Network state = networks.get(network);
            if (state != null) {
                blocked |= isBlocked(state);
                asked &= state.knownOnly.has(1);
            }
        }
        return blocked && !asked;
    }

    /** Returns whether {@code address} has no limits. */
    public boolean isExempt(InetAddress address) {
        return exempt.stream().anyMatch(network -> network.contains(address));
    }

    private boolean isBlocked(Network state) {
        if (state.blocked && state.blockedUntilNs - clock.nanoTime() <= 0) {
            state.blocked = false;
        }
        return state.blocked;
    }

    /** Returns whether a handshake may be made, and counts it if so. */
    public Admission admit(InetAddress address) {
        if (isExempt(address)) {
            return Admission.ALLOWED;
        }
        List<Network> states = states(address);
        if (states.stream().allMatch(state -> !isBlocked(state) && state.handshakes.has(1))) {
            states.forEach(state -> state.handshakes.take(1));
            return Admission.ALLOWED;
        }
        if (states.stream().allMatch(state -> state.knownOnly.has(1))) {
            states.forEach(state -> state.knownOnly.take(1));
            return Admission.KNOWN_ONLY;
        }
        return Admission.REFUSED;
    }

    /**
     * Returns who comes first where not all handshakes can be made: lower ranks. Networks from which somebody has signed in
     * come before new ones, and these before those whose handshakes have failed.
     */
    public int rank(InetAddress address, Admission admission) {
        if (admission == Admission.KNOWN_ONLY) {
            return OVER_LIMIT;
        }
        if (isTrusted(address)) {
            return TRUSTED;
        }
        double failures = 0;
        for (IpNetwork network : NetworkTally.networks(address)) {
            Network state = networks.get(network);
            failures = state == null ? failures : Math.max(failures, state.failures / state.scale);
        }
        return NEW + (int) Math.min(OVER_LIMIT - NEW - 1, Math.ceil(failures));
    }

    /** Returns whether somebody has signed in from {@code address}, or it has no limits. */
    public boolean isTrusted(InetAddress address) {
        return trusted.containsKey(IpNetwork.ofSite(address)) || isExempt(address);
    }

    /** Notes that somebody signed in. */
    public void noteSignIn(InetAddress address) {
        trusted.put(IpNetwork.ofSite(address), Boolean.TRUE);
    }

    /**
     * Notes that a handshake failed, or that nothing followed it.
     *
     * @return whether that was one too many, so that the address is over its limits from now on
     */
    public boolean noteFailure(InetAddress address) {
        if (isExempt(address)) {
            return false;
        }
        boolean newlyBlocked = false;
        for (Network state : states(address)) {
            state.failures++;
            if (state.failures > (double) limits.failures() * state.scale) {
                newlyBlocked |= !isBlocked(state);
                state.failures = 0;
                state.blocked = true;
                state.blockedUntilNs = clock.nanoTime() + limits.blockMs() * NS_PER_MS;
            }
        }
        return newlyBlocked;
    }

    /** Returns the number of remembered networks. */
    int size() {
        return networks.size();
    }

    private List<Network> states(InetAddress address) {
        List<IpNetwork> all = NetworkTally.networks(address);
        Network[] states = new Network[all.size()];
        int scale = 1;
        for (int level = 0; level < states.length; level++) {
            int atLevel = scale;
            states[level] = networks.computeIfAbsent(all.get(level), added -> newNetwork(atLevel));
            forgive(states[level]);
            scale *= SCALE;
        }
        return List.of(states);
    }

    private Network newNetwork(int scale) {
        return new Network(
                scale,
                new TokenBucket((double) limits.perSecond() * scale, (double) limits.burst() * scale, clock),
                new TokenBucket((double) KNOWN_ONLY_PER_SECOND * scale, (double) KNOWN_ONLY_BURST * scale, clock),
                clock.nanoTime());
    }

    /** Removes the failures for the time since the last update. */
    private void forgive(Network state) {
        long nowNs = clock.nanoTime();
        long passedNs = nowNs - state.asOfNs;
        state.asOfNs = nowNs;
        double forgiven = (double) passedNs / (limits.blockMs() * NS_PER_MS) * limits.failures() * state.scale;
        state.failures = Math.max(0, state.failures - forgiven);
    }
}
