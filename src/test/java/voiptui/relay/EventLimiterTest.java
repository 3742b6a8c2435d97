package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import voiptui.event.RelayEvent;
import voiptui.testkit.ManualClock;

class EventLimiterTest {

    private final ManualClock clock = new ManualClock();
    private final EventLimiter limiter = new EventLimiter(clock);

    private int admitted(RelayEvent event, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += limiter.admits(event) ? 1 : 0;
        }
        return admitted;
    }

    private static RelayEvent hello(String from) {
        return new RelayEvent.ClassicRegistered(from, "192.0.2.7", false, 1);
    }

    @Test
    void shouldSumUpWhatOneAddressCausesTooOften() {
        int admitted = 0;
        for (int port = 1; port <= 146; port++) {
            admitted += admitted(hello("192.0.2.66:" + port), 1);
        }
        assertThat(admitted).isEqualTo(EventLimiter.BURST);
        assertThat(admitted(hello("192.0.2.1:5000"), 1)).as("another address").isEqualTo(1);
        assertThat(admitted(new RelayEvent.ClassicLeft("192.0.2.66:1", 1), 1))
                .as("another event")
                .isEqualTo(1);
        assertThat(limiter.sums())
                .containsExactly(
                        new RelayEvent.Suppressed("192.0.2.66", "classic_registered", 146 - EventLimiter.BURST));
        assertThat(limiter.sums()).as("once").isEmpty();
    }

    @Test
    void shouldAdmitSomeEveryMinute() {
        admitted(hello("192.0.2.66:1"), 1_000);
        clock.advanceMs(60_000);
        assertThat(admitted(hello("192.0.2.66:1"), 1_000)).isEqualTo(EventLimiter.PER_MINUTE);
    }

    @Test
    void shouldTreatAnIpv6PrefixAsOneAddress() {
        int admitted = 0;
        for (int i = 1; i <= 100; i++) {
            admitted += admitted(hello("[2001:db8::" + i + "]:5000"), 1);
        }
        assertThat(admitted).isEqualTo(EventLimiter.BURST);
        assertThat(limiter.sums())
                .containsExactly(
                        new RelayEvent.Suppressed("2001:db8::/64", "classic_registered", 100 - EventLimiter.BURST));
    }

    @Test
    void shouldTreatAnIpv6PrefixAsOneAddressWithoutPorts() {
        int admitted = 0;
        for (int i = 1; i <= 100; i++) {
            admitted += admitted(hello("2001:db8::" + i), 1);
        }
        assertThat(admitted).isEqualTo(EventLimiter.BURST);
    }

    @Test
    void shouldLimitManyAddressesTogether() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(hello("10.0." + i / 250 + "." + i % 250 + ":5000"), 1);
        }
        assertThat(admitted).isEqualTo(EventLimiter.ALL_BURST);
        List<RelayEvent> sums = limiter.sums();
        assertThat(sums).hasSize(EventLimiter.MAX_SUMS + 1);
        assertThat(sums.stream()
                        .map(RelayEvent.Suppressed.class::cast)
                        .mapToLong(RelayEvent.Suppressed::count)
                        .sum())
                .isEqualTo(10_000 - EventLimiter.ALL_BURST);
    }

    @Test
    void shouldForgetAddressesThatAreQuietAgain() {
        for (int i = 0; i < EventLimiter.MAX_ORIGINS; i++) {
            limiter.admits(hello("10.0." + i / 250 + "." + i % 250 + ":5000"));
        }
        clock.advanceMs(120_000);
        limiter.sums();
        assertThat(admitted(hello("192.0.2.1:5000"), 1)).isEqualTo(1);
    }

    @Test
    void shouldNotLimitTheRelayItself() {
        assertThat(admitted(new RelayEvent.Warning("the disk is full"), 1_000)).isEqualTo(1_000);
    }

    /** An event that somebody else causes must say who; SenderLimited is limited by the media thread. */
    @Test
    void shouldKnowTheOriginOfEveryEventButTheRelaysOwn() {
        Set<String> own = Set.of(
                "Started",
                "RelayIdentity",
                "MetricsServed",
                "ClientExpelled",
                "FilesReread",
                "SenderLimited",
                "Suppressed",
                "RelayReached",
                "RelayLost",
                "RelayRefused",
                "Warning",
                "Draining",
                "Totals",
                "Status",
                "Stopped");
        assertThat(Arrays.stream(RelayEvent.class.getPermittedSubclasses())
                        .filter(type -> Arrays.stream(type.getDeclaredMethods())
                                .noneMatch(method -> method.getName().equals("origin")))
                        .map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(own);
    }
}
