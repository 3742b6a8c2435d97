package voiptui.bench;

import java.time.Instant;

/** The time that the system notes when a datagram arrives. Unlike other clocks it may be set, which a measurement of a minute survives. */
final class WallClock {

    private static final long NS_PER_S = 1_000_000_000;

    private WallClock() {}

    /** Returns nanoseconds since 1970. */
    static long nowNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NS_PER_S + now.getNano();
    }
}
