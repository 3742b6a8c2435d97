package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.net.IpText;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.LocalEnd;

/** The rules of the data path, without sockets. */
class ForwarderTest {

    private static final InetAddress HOST = IpText.parse("10.0.0.1").orElseThrow();
    private static final InetAddress RELAY = IpText.parse("10.0.0.9").orElseThrow();
    private static final LocalEnd RELAY_END = new LocalEnd(RELAY) {};
    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte[] KEY = new byte[32];
    private static final int CLASSIC_BYTES = 1_768;

    /** What was sent. */
    private record Sent(Object to, byte[] bytes) {}

    private final List<Sent> sent = new ArrayList<>();
    private final AtomicLong nowNs = new AtomicLong(7 * SECOND_NS);
    private final Counters counters = new Counters();
    private final EventBus events = new EventBus();
    private final Subscription published = events.subscribe();
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, (evicted, source) -> {});
    private final List<InetSocketAddress> bound = new ArrayList<>();
    private final List<InetSocketAddress> unknown = new ArrayList<>();
    private final BindSessions sessions = new BindSessions();
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onBound(long session, InetSocketAddress source) {
            bound.add(source);
        }

        @Override
        public void onUnknownSource(InetSocketAddress sender) {
            unknown.add(sender);
        }
    };
    private final Forwarder forwarder = new Forwarder(
            flows,
            new BindHandler(sessions, AddressCookie.newKey(), ownership, moved -> {}, counters, listener),
            new RecordingOutput(),
            new SenderLimitLog(events, nowNs::get),
            counters,
            unknown::add,
            OwnThread.ONLY);

    private final class RecordingOutput implements MediaOutput {
        @Override
        public int send(Flow receiver, ByteBuffer datagram) {
            return record(receiver, datagram);
        }

        @Override
        public int answer(LocalEnd arrivedAt, InetSocketAddress sender, ByteBuffer datagram) {
            return record(sender, datagram);
        }

        private int record(Object to, ByteBuffer datagram) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.duplicate().get(bytes);
            sent.add(new Sent(to, bytes));
            return SENT;
        }
    }

    private Flow open(Flow flow) {
        flow.limit = new SenderLimit(SenderRate.DEFAULT, nowNs.get());
        ownership.open(flow, nowNs.get());
        if (flow.bind != null) {
            sessions.add(flow, flow.bind, nowNs.get());
        }
        return flow;
    }

    private Flow classic(int port) {
        return open(new Flow(HOST, RELAY, source(port), new FlowStats()).of("classic " + port));
    }

    private static InetSocketAddress source(int port) {
        return new InetSocketAddress(HOST, port);
    }

    private void arrive(int port, byte... datagram) {
        ByteBuffer buffer = ByteBuffer.allocate(2_201);
        buffer.put(datagram).flip();
        InetSocketAddress source = source(port);
        forwarder.onArrival(flows.find(source), () -> source, RELAY_END, buffer, nowNs.get());
    }

    private static byte[] bind(long session, long counter, long cookie, int bytes) {
        ByteBuffer datagram = ByteBuffer.allocate(bytes);
        BindDatagram.putRequest(datagram, bytes, session, counter, cookie, true, new BindDatagram.Key(KEY));
        return datagram.array();
    }

    private List<RelayEvent.SenderLimited> limited() {
        List<RelayEvent.SenderLimited> found = new ArrayList<>();
        for (Event event = published.poll(); event != null; event = published.poll()) {
            if (event instanceof RelayEvent.SenderLimited one) {
                found.add(one);
            }
        }
        return found;
    }

    @Test
    void shouldSendToEachReceiverAndCountEach() {
        Flow speaker = classic(1);
        Flow one = classic(2);
        Flow other = classic(3);
        speaker.routeTo(new Flow[] {one, other});
        arrive(1, (byte) 9, (byte) 8, (byte) 7, (byte) 6, (byte) 5);
        assertThat(sent).extracting(Sent::to).containsExactly(one, other);
        assertThat(sent).allSatisfy(datagram -> assertThat(datagram.bytes).containsExactly(9, 8, 7, 6, 5));
        assertThat(counters.get(Counter.FORWARDED)).isEqualTo(2);
        assertThat(counters.get(Counter.FORWARDED_BYTES)).isEqualTo(10);
    }

    @Test
    void shouldMeasureTheLegOfEachSender() {
        Flow speaker = classic(1);
        Flow listener = classic(2);
        speaker.routeTo(new Flow[] {listener});
        for (int sequence : new int[] {1, 2, 4, 5}) {
            arrive(1, ByteBuffer.allocate(CLASSIC_BYTES).putInt(sequence).array());
        }
        assertThat(speaker.legs().expected()).isEqualTo(5);
        assertThat(speaker.legs().lost()).isEqualTo(1);
        assertThat(listener.legs().expected()).isZero();
    }

    @Test
    void shouldAnswerABindFromAClassicClientsAddressInsteadOfForwardingIt() {
        Flow classic = classic(1);
        classic.routeTo(new Flow[] {classic(2)});
        open(new Flow(HOST, RELAY, new FlowStats(), new Binding(77, KEY)).of("dora"));
        for (int counter = 1; counter <= 5; counter++) {
            arrive(1, bind(77, counter, 0, counter == 5 ? CLASSIC_BYTES : 64));
        }
        assertThat(sent).hasSize(5).allSatisfy(answer -> {
            assertThat(answer.to).isEqualTo(source(1));
            assertThat(answer.bytes).startsWith('V', 'T', 'A', '2');
        });
        assertThat(classic.status.isHeard()).as("kept alive").isFalse();
        assertThat(counters.get(Counter.FORWARDED)).isZero();
    }

    @Test
    void shouldLetABindTakeTheAddressOfAClassicClientThatIsNoLongerHeard() {
        classic(1);
        Flow prover = open(new Flow(HOST, RELAY, new FlowStats(), new Binding(77, KEY)).of("dora"));
        nowNs.addAndGet(SourceOwnership.ALIVE_NS);
        arrive(1, bind(77, 1, 0, 64));
        long cookie = ByteBuffer.wrap(sent.get(0).bytes).getLong(20);
        arrive(1, bind(77, 2, cookie, 64));
        assertThat(bound).containsExactly(source(1));
        assertThat(ownership.move(prover, source(1), nowNs.get())).isEqualTo(SourceOwnership.Move.MOVED);
    }

    @Test
    void shouldDropAForgedBindFromAClassicClientsAddressUnlessItCouldBeMedia() {
        Flow classic = classic(1);
        classic.routeTo(new Flow[] {classic(2)});
        arrive(1, bind(78, 1, 0, 64));
        assertThat(sent).isEmpty();
        assertThat(classic.status.isHeard()).isFalse();
        assertThat(counters.get(Counter.BINDS_REFUSED)).isEqualTo(1);

        byte[] media = bind(78, 2, 0, CLASSIC_BYTES);
        arrive(1, media);
        assertThat(sent)
                .singleElement()
                .satisfies(datagram -> assertThat(datagram.bytes).isEqualTo(media));
    }

    @Test
    void shouldCutAndCountASenderOverItsRateAndNameItOnceAMinute() {
        Flow flood = classic(1);
        flood.routeTo(new Flow[] {classic(2)});
        byte[] packet = new byte[100];
        long startNs = nowNs.get();
        for (int i = 0; i < 20_000; i++) {
            nowNs.set(startNs + i * SECOND_NS / 2_000);
            arrive(1, packet);
        }
        assertThat(sent.size()).isBetween(11_990, 12_010);
        long cut = counters.get(Counter.DROPPED_OVER_RATE);
        assertThat(cut + sent.size()).isEqualTo(20_000);
        assertThat(limited()).containsExactly(new RelayEvent.SenderLimited("classic 1", "10.0.0.1:1", 1));

        nowNs.set(startNs + 70 * SECOND_NS);
        for (int i = 0; i < 3_000; i++) {
            arrive(1, packet);
        }
        assertThat(limited()).containsExactly(new RelayEvent.SenderLimited("classic 1", "10.0.0.1:1", cut));
    }

    @Test
    void shouldNameOnlyAFewOfManySendersOverTheirRate() {
        for (int port = 1; port <= 50; port++) {
            classic(port);
            for (int i = 0; i < 2_100; i++) {
                arrive(port, new byte[100]);
            }
        }
        assertThat(limited()).hasSize(SenderLimitLog.LINES_PER_MINUTE);
        assertThat(counters.get(Counter.DROPPED_OVER_RATE)).isBetween(50L * 95, 50L * 105);
    }

    @Test
    void shouldCheckOnlySoManyBindsOfASession() {
        open(new Flow(HOST, RELAY, new FlowStats(), new Binding(77, KEY)));
        for (int counter = 1; counter <= 2_000; counter++) {
            arrive(1, bind(77, counter, 0, 64));
        }
        assertThat(sent.size()).isBetween(390, 410);
        assertThat(counters.get(Counter.BINDS_REFUSED)).isEqualTo(2_000 - sent.size());
    }

    @Test
    void shouldRefuseAndCountABindThatComesThroughATunnel() {
        Flow phone = open(new Flow(HOST, RELAY, new FlowStats(), new Binding(7, KEY)));
        forwarder.onTunnelled(phone, ByteBuffer.wrap(bind(7, 1, BindDatagram.NO_COOKIE, 64)), nowNs.get());
        assertThat(sent).isEmpty();
        assertThat(counters.get(Counter.BINDS_REFUSED)).isEqualTo(1);
    }
}
