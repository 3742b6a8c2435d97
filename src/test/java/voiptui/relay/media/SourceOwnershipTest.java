package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;
import voiptui.relay.media.SourceOwnership.Move;
import voiptui.relay.media.measure.FlowStats;

class SourceOwnershipTest {

    private static final InetAddress HOST = IpText.parse("10.0.0.1").orElseThrow();
    private static final long NOW_NS = 5_000_000_000L;

    private final FlowTable flows = new FlowTable();
    private final List<Flow> evicted = new ArrayList<>();
    private final SourceOwnership ownership = new SourceOwnership(flows, (owner, source) -> evicted.add(owner));
    private long sessions;

    @Test
    void shouldGiveANewClassicClientTheSourceOfAnotherClassicClient() {
        Flow before = classic(1);
        Flow after = classic(1);
        assertThat(ownership.open(before, NOW_NS)).isTrue();
        assertThat(ownership.open(after, NOW_NS)).isTrue();
        assertThat(flows.find(source(1))).isSameAs(after);
        assertThat(evicted).isEmpty();
    }

    @Test
    void shouldNeverGiveAClassicClientTheAddressOfAV2Client() {
        Flow prover = v2();
        ownership.open(prover, NOW_NS);
        ownership.move(prover, source(1), NOW_NS);
        long longAfterNs = NOW_NS + 10 * SourceOwnership.ALIVE_NS;

        Flow arrival = classic(1);
        assertThat(ownership.open(arrival, longAfterNs)).isFalse();
        assertThat(arrival.source).isNull();
        Flow mover = classic(2);
        ownership.open(mover, longAfterNs);
        assertThat(ownership.move(mover, source(1), longAfterNs)).isEqualTo(Move.REFUSED);
        assertThat(mover.source).isEqualTo(source(2));
        assertThat(flows.find(source(1))).isSameAs(prover);
    }

    @Test
    void shouldNotEvictAnOwnerThatStillSends() {
        Flow owner = classic(1);
        ownership.open(owner, NOW_NS);
        owner.status.onHeard(NOW_NS, 100, false);
        Flow prover = v2();
        ownership.open(prover, NOW_NS);
        long lastMomentNs = NOW_NS + SourceOwnership.ALIVE_NS - 1;

        assertThat(ownership.isFree(prover, source(1), lastMomentNs)).isFalse();
        assertThat(ownership.move(prover, source(1), lastMomentNs)).isEqualTo(Move.REFUSED);
        assertThat(prover.source).isNull();
        assertThat(evicted).isEmpty();
    }

    @Test
    void shouldEvictASilentOwnerForABoundAddress() {
        Flow owner = classic(1);
        ownership.open(owner, NOW_NS);
        owner.status.onHeard(NOW_NS, 100, false);
        Flow prover = v2();
        ownership.open(prover, NOW_NS);
        long silentNs = NOW_NS + SourceOwnership.ALIVE_NS;

        assertThat(ownership.isFree(prover, source(1), silentNs)).isTrue();
        assertThat(ownership.move(prover, source(1), silentNs)).isEqualTo(Move.MOVED);
        assertThat(evicted).containsExactly(owner);
        assertThat(owner.source).isNull();
        assertThat(flows.find(source(1))).isSameAs(prover);
    }

    @Test
    void shouldCountABindingAsTraffic() {
        Flow owner = v2();
        ownership.open(owner, NOW_NS);
        ownership.move(owner, source(1), NOW_NS);
        Flow rival = v2();
        ownership.open(rival, NOW_NS);

        assertThat(ownership.move(rival, source(1), NOW_NS + SourceOwnership.ALIVE_NS - 1))
                .isEqualTo(Move.REFUSED);
        assertThat(ownership.move(rival, source(1), NOW_NS + SourceOwnership.ALIVE_NS))
                .isEqualTo(Move.MOVED);
    }

    @Test
    void shouldFreeTheAddressOfAClosedFlow() {
        Flow owner = v2();
        ownership.open(owner, NOW_NS);
        ownership.move(owner, source(1), NOW_NS);
        ownership.close(owner);

        Flow next = classic(1);
        assertThat(ownership.open(next, NOW_NS)).isTrue();
        assertThat(flows.find(source(1))).isSameAs(next);
    }

    @Test
    void shouldOpenNoSecondSocketForAnAddress() {
        Flow classic = classic(1);
        ownership.open(classic, NOW_NS);
        Flow prover = v2();
        ownership.open(prover, NOW_NS);
        ownership.move(prover, source(2), NOW_NS);

        assertThat(ownership.mayOpenSocket(classic, source(1))).isFalse();
        assertThat(ownership.mayOpenSocket(classic(1), source(1))).isTrue();
        assertThat(ownership.mayOpenSocket(classic(2), source(2))).isFalse();
        assertThat(ownership.mayOpenSocket(v2(), source(2))).isTrue();
        assertThat(ownership.mayOpenSocket(v2(), source(3))).isTrue();
    }

    private Flow v2() {
        return new Flow(HOST, HOST, new FlowStats(), new Binding(++sessions, new byte[32]));
    }

    private static Flow classic(int port) {
        return new Flow(HOST, HOST, source(port), new FlowStats());
    }

    private static InetSocketAddress source(int port) {
        return new InetSocketAddress(HOST, port);
    }
}
