package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import voiptui.relay.media.Flow;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.MediaTunnel;
import voiptui.relay.media.measure.FlowStats;

/** A media plane that records its calls and checks what {@link MediaPlane} requires of its callers. */
public final class RecordingMediaPlane implements MediaPlane {

    /** The tunnel of a flow. */
    record Tunnelled(MediaTunnel tunnel, long after) {}

    final List<Flow> open = new ArrayList<>();
    final Map<Flow, Flow> peers = new HashMap<>();
    final Map<Flow, Tunnelled> tunnels = new HashMap<>();
    final Map<Flow, List<byte[]>> injected = new LinkedHashMap<>();
    /** Flows that were drained while they had a peer. */
    final List<Flow> drainedInCalls = new ArrayList<>();

    @Override
    public void open(Flow flow) {
        assertThat(open).doesNotContain(flow);
        open.add(flow);
    }

    @Override
    public void route(Flow from, List<Flow> receivers) {
        throw new AssertionError("calls of two are paired");
    }

    @Override
    public void pair(Flow one, Flow other) {
        assertThat(open).contains(one, other);
        assertThat(one).isNotSameAs(other);
        assertThat(peers.put(one, other)).isNull();
        assertThat(peers.put(other, one)).isNull();
    }

    @Override
    public void unpair(Flow one, Flow other) {
        assertThat(peers.remove(one)).isSameAs(other);
        assertThat(peers.remove(other)).isSameAs(one);
    }

    @Override
    public void drain(Flow flow) {
        assertThat(open).contains(flow);
        if (peers.containsKey(flow)) {
            drainedInCalls.add(flow);
        }
    }

    @Override
    public void renew(Flow flow, FlowStats status) {
        assertThat(open).contains(flow);
        flow.status = status;
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        assertThat(open).contains(flow);
        flow.source = source;
        tunnels.remove(flow);
    }

    @Override
    public void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter) {
        assertThat(open).contains(flow);
        assertThat(flow.bind).as("binding of a v2 client").isNotNull();
        tunnels.put(flow, new Tunnelled(tunnel, afterCounter));
    }

    @Override
    public void inject(Flow flow, byte[] datagram) {
        assertThat(open).contains(flow);
        assertThat(flow.bind).as("binding of a v2 client").isNotNull();
        injected.computeIfAbsent(flow, first -> new ArrayList<>()).add(datagram);
    }

    @Override
    public void close(Flow flow) {
        assertThat(open.remove(flow)).isTrue();
        assertThat(peers).doesNotContainKey(flow);
    }
}
