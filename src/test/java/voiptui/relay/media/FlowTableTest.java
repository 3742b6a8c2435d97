package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;
import voiptui.relay.media.measure.FlowStats;

class FlowTableTest {

    private static final InetAddress HOST = IpText.parse("10.0.0.1").orElseThrow();
    private static final long ASK_INTERVAL_NS = 20_000_000L;

    private final FlowTable flows = new FlowTable();

    @Test
    void shouldFindAFlowByItsCurrentSource() {
        Flow flow = flow(1);
        flows.add(flow, 0);
        assertThat(flows.find(source(1))).isSameAs(flow);
        flows.move(flow, source(2));
        assertThat(flows.find(source(1))).isNull();
        assertThat(flows.find(source(2))).isSameAs(flow);
        flows.remove(flow);
        assertThat(flows.find(source(2))).isNull();
    }

    @Test
    void shouldKeepTheSourceOfANewFlowWhenTheOldOneIsRemoved() {
        Flow old = flow(1);
        flows.add(old, 0);
        Flow young = flow(1);
        flows.add(young, 0);
        flows.remove(old);
        assertThat(flows.find(source(1))).isSameAs(young);
    }

    @Test
    void shouldReportUnknownPortsOfRegisteredAddressesAtALimitedRate() {
        assertThat(flows.mayAskAbout(source(9), 0)).isFalse();
        Flow flow = flow(1);
        flows.add(flow, 0);
        assertThat(flows.mayAskAbout(source(9), 0)).isTrue();
        assertThat(flows.mayAskAbout(source(8), ASK_INTERVAL_NS - 1)).isFalse();
        assertThat(flows.mayAskAbout(source(8), ASK_INTERVAL_NS)).isTrue();
        flows.remove(flow);
        assertThat(flows.mayAskAbout(source(9), 10 * ASK_INTERVAL_NS)).isFalse();
    }

    @Test
    void shouldHoldAFlowWithoutASource() {
        Flow flow = flow(1);
        flow.source = null;
        flows.add(flow, 0);
        assertThat(flows.mayAskAbout(source(1), 0)).isTrue();
        flows.move(flow, source(7));
        assertThat(flows.find(source(7))).isSameAs(flow);
        flows.remove(flow);
        assertThat(flows.find(source(7))).isNull();
    }

    private static Flow flow(int port) {
        return new Flow(HOST, HOST, source(port), new FlowStats());
    }

    private static InetSocketAddress source(int port) {
        return new InetSocketAddress(HOST, port);
    }
}
