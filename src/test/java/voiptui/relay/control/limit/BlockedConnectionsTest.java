package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.testkit.ManualClock;

class BlockedConnectionsTest {

    private static final Predicate<InetAddress> BLOCKED =
            IpNetwork.parse("10.0.0.0/16").orElseThrow()::contains;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final BlockedConnections connections = new BlockedConnections(BLOCKED, counters, clock);

    /** Returns how many of {@code tries} connections go on. */
    private int goOn(int tries, String address) {
        int goOn = 0;
        for (int i = 0; i < tries; i++) {
            goOn += connections.refuses(IpText.parse(address).orElseThrow()) ? 0 : 1;
        }
        return goOn;
    }

    @Test
    void shouldLetThoseGoOnThatAreNotBlocked() {
        assertThat(goOn(1_000, "192.0.2.1")).isEqualTo(1_000);
        assertThat(counters.get(Counter.REFUSED_BLOCKED)).isZero();
    }

    @Test
    void shouldTellABlockedAddressAFewTimesASecond() {
        assertThat(goOn(100, "10.0.0.1")).isEqualTo(BlockedConnections.TOLD_PER_SECOND);
        assertThat(counters.get(Counter.REFUSED_BLOCKED)).isEqualTo(100 - BlockedConnections.TOLD_PER_SECOND);
        assertThat(goOn(100, "10.0.0.2")).as("another one").isEqualTo(BlockedConnections.TOLD_PER_SECOND);
        clock.advanceMs(1_000);
        assertThat(goOn(1, "10.0.0.1")).isEqualTo(1);
    }

    @Test
    void shouldTellFewOfManyBlockedAddresses() {
        int goOn = 0;
        for (int i = 0; i < 200; i++) {
            goOn += goOn(10, "10.0.1." + i);
        }
        assertThat(goOn).isEqualTo(BlockedConnections.TOLD_IN_ALL);
    }
}
