package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.net.IpText;
import voiptui.relay.media.hop.MediaSeal;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.LocalEnd;
import voiptui.testkit.Allocation;

/** Media between two relays, through the rules of both, without sockets. */
class RelayLinkTest {

    private static final int PORT = 9_999;
    private static final byte[] TO_NORTH = new byte[MediaSeal.KEY_BYTES];
    private static final byte[] TO_SOUTH = new byte[MediaSeal.KEY_BYTES];

    static {
        TO_NORTH[0] = 1;
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    /** One relay: its client, the other relay's client, and what it has sent. */
    private static final class Side {

        record Sent(Flow to, byte[] bytes) {}

        final Counters counters = new Counters();
        final FlowTable flows = new FlowTable();
        final SourceOwnership ownership = new SourceOwnership(flows, (evicted, source) -> {});
        final List<Sent> sent = new ArrayList<>();
        boolean recording = true;
        final Forwarder forwarder;
        final RelayLink link;
        final Flow client;
        final Flow party;
        final LocalEnd end;
        final InetSocketAddress otherRelay;
        final Supplier<InetSocketAddress> clientSource = this::clientSource;

        Side(String own, String other, byte[] outgoing, byte[] incoming) {
            end = new LocalEnd(ip(own)) {};
            otherRelay = new InetSocketAddress(ip(other), PORT);
            forwarder = new Forwarder(
                    flows,
                    new BindHandler(
                            new BindSessions(),
                            AddressCookie.newKey(),
                            ownership,
                            moved -> {},
                            counters,
                            new IgnoringMediaListener()),
                    new MediaOutput() {
                        @Override
                        public int send(Flow receiver, ByteBuffer datagram) {
                            if (recording) {
                                byte[] bytes = new byte[datagram.remaining()];
                                datagram.get(datagram.position(), bytes);
                                sent.add(new Sent(receiver, bytes));
                            }
                            return SENT;
                        }

                        @Override
                        public int answer(LocalEnd arrivedAt, InetSocketAddress sender, ByteBuffer datagram) {
                            throw new AssertionError("nobody binds");
                        }
                    },
                    new SenderLimitLog(new EventBus(), () -> 0),
                    counters,
                    unknown -> {},
                    OwnThread.ONLY);
            link = new RelayLink(ip(own), otherRelay, outgoing, incoming);
            link.useThreads(1);
            open(link.flow());
            client = open(
                    new Flow(ip("10.0.0.1"), ip(own), new InetSocketAddress(ip("10.0.0.1"), 5_000), new FlowStats()));
            party = open(link.partyFlow("other"));
            client.receivers = new Flow[] {party};
            party.receivers = new Flow[] {client};
        }

        private InetSocketAddress clientSource() {
            return client.source;
        }

        private Flow open(Flow flow) {
            ownership.open(flow, 0);
            if (flow.hop != null) {
                RelayLink.onOpen(flow, flow.hop);
            }
            return flow;
        }

        void fromClient(ByteBuffer datagram) {
            forwarder.onArrival(client, clientSource, end, datagram, 1);
        }

        void fromRelay(byte[] bytes) {
            ByteBuffer datagram = ByteBuffer.allocate(Forwarder.MAX_SEALED_BYTES + 1);
            datagram.put(bytes).flip();
            forwarder.onArrival(flows.find(otherRelay), () -> otherRelay, end, datagram, 1);
        }
    }

    private final Side north = new Side("10.1.0.1", "10.1.0.2", TO_SOUTH, TO_NORTH);
    private final Side south = new Side("10.1.0.2", "10.1.0.1", TO_NORTH, TO_SOUTH);

    RelayLinkTest() {
        RelayLink.sendTo(north.party, RelayLink.numberOf(south.party));
        RelayLink.sendTo(south.party, RelayLink.numberOf(north.party));
    }

    private static ByteBuffer speech(int first) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(Forwarder.MAX_SEALED_BYTES + 1);
        datagram.put((byte) first).put(new byte[119]);
        return datagram.flip();
    }

    private byte[] sealed() {
        north.fromClient(speech(9));
        return north.sent.remove(0).bytes;
    }

    @Test
    void shouldSealOnAnyThreadWithNumbersThatNoOtherHasUsed() {
        north.link.useThreads(2);
        for (int thread : new int[] {0, 1, 1, 0}) {
            ByteBuffer datagram = speech(9);
            assertThat(RelayLink.seal(Objects.requireNonNull(north.party.hop), datagram, thread))
                    .isSameAs(north.link.flow());
            assertThat(south.link.open(datagram)).isSameAs(south.party);
        }
    }

    @Test
    void shouldBringMediaUnchangedToTheClientOfTheOtherRelay() {
        ByteBuffer said = speech(9);
        north.fromClient(said);

        assertThat(said.remaining()).as("given back as it was").isEqualTo(120);
        assertThat(north.sent).hasSize(1);
        assertThat(north.sent.get(0).to).isSameAs(north.link.flow());
        assertThat(north.sent.get(0).bytes).hasSize(120 + MediaSeal.TRAILER_BYTES);
        south.fromRelay(north.sent.get(0).bytes);
        byte[] expected = new byte[120];
        expected[0] = 9;
        assertThat(south.sent).hasSize(1);
        assertThat(south.sent.get(0).to).isSameAs(south.client);
        assertThat(south.sent.get(0).bytes).isEqualTo(expected);
    }

    @Test
    void shouldDropAndCountWhatIsForgedReplayedOrUnsealed() {
        byte[] genuine = sealed();
        byte[] changed = genuine.clone();
        changed[50] ^= 1;
        byte[] ofTheReceiver = genuine.clone();

        south.fromRelay(changed);
        south.fromRelay(new byte[120]);
        south.fromRelay(new byte[5]);
        assertThat(south.counters.get(Counter.DROPPED_NOT_FROM_RELAY)).isEqualTo(3);
        south.fromRelay(genuine);
        south.fromRelay(genuine);
        // Sent back to the relay that made it, whose other key it does not have.
        north.fromRelay(ofTheReceiver);
        assertThat(south.counters.get(Counter.DROPPED_NOT_FROM_RELAY)).isEqualTo(4);
        assertThat(north.counters.get(Counter.DROPPED_NOT_FROM_RELAY)).isEqualTo(1);
        assertThat(south.sent).hasSize(1);
        assertThat(north.sent).isEmpty();
    }

    @Test
    void shouldDropMediaOfACallThatIsOver() {
        byte[] late = sealed();
        RelayLink.onClose(south.party, south.party.hop);

        south.fromRelay(late);
        assertThat(south.counters.get(Counter.DROPPED_NOT_FROM_RELAY)).isEqualTo(1);
        assertThat(south.sent).isEmpty();
    }

    @Test
    void shouldNeverPassOnToARelayWhatCameFromOne() {
        south.party.receivers = new Flow[] {south.party};

        south.fromRelay(sealed());
        assertThat(south.sent).isEmpty();
        assertThat(south.counters.get(Counter.DROPPED_NO_PEER)).isEqualTo(1);
    }

    @Test
    void shouldSendNothingBeforeTheOtherRelayExpectsIt() {
        RelayLink.sendTo(north.party, 0);

        north.fromClient(speech(1));
        assertThat(north.sent).isEmpty();
        assertThat(north.counters.get(Counter.DROPPED_NO_PEER)).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingPerDatagram() {
        north.recording = false;
        ByteBuffer datagram = speech(1);

        assertThat(Allocation.bytesPerRun(20_000, 20_000, () -> north.fromClient(datagram)))
                .isLessThan(1);
    }
}
