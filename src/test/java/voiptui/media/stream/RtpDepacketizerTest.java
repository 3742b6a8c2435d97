package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.rtp.repair.RedWriter;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.testkit.Allocation;
import voiptui.testkit.Arrivals;
import voiptui.testkit.Events;
import voiptui.testkit.ManualClock;
import voiptui.voice.SendAdaptation;

/** RTP and RTCP as they come, one datagram after another; source 7 is the peer. */
class RtpDepacketizerTest {

    private static final int PEER = 7;
    private static final int OTHER = 8;
    private static final int PAYLOAD_BYTES = 30;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MediaSignals signals = new MediaSignals(() -> {});
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final MediaContext context = new MediaContext(PcmFormat.OPUS, bus, counters, signals, clock);
    private final ArrivalQueue arrivals = new ArrivalQueue(64, 1764);
    private final RtpSource ourselves = new RtpSource(new Random(1));
    private final ReceptionReport report = new ReceptionReport();
    private final NtpTime time = new NtpTime(clock, clock);
    private RtpDepacketizer receiver = receiver(true);
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(2300);

    private RtpDepacketizer receiver(boolean encrypted) {
        NackSender nacks = new NackSender(context, ourselves, datagram -> datagram.remaining());
        LossFeedback feedback = new LossFeedback(nacks, true, () -> 40);
        ReceivedPackets history = new ReceivedPackets(1764, 1 << 20);
        return new RtpDepacketizer(
                context,
                ourselves,
                PayloadFormat.OPUS,
                StreamReceiver.ofClock(48_000, context, arrivals, history),
                report,
                new RtpRepair(
                        feedback,
                        new Healing(history, nacks, feedback, false),
                        new SendAdaptation(new SendAdaptation.Limits(96_000, true, true, true, 20)),
                        null),
                new RtpDepacketizer.Peer(time, encrypted));
    }

    private void packet(int ssrc, int sequence, int payloadType, int payloadBytes) {
        datagram.clear();
        RtpPacket.writeHeader(datagram, false, payloadType, sequence, sequence * 960, ssrc);
        receiver.onDatagram(datagram.limit(RtpPacket.HEADER_BYTES + payloadBytes), clock.nanoTime());
    }

    private void media(int ssrc, int... sequences) {
        for (int sequence : sequences) {
            clock.advanceMs(20);
            packet(ssrc, sequence, 111, PAYLOAD_BYTES);
        }
    }

    private void bye(int ssrc) {
        datagram.clear();
        RtcpWriter.receiverReport(datagram, ssrc, null);
        RtcpWriter.bye(datagram, ssrc);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
    }

    private void reportFrom(int reporter, ReportBlock block) {
        datagram.clear();
        RtcpWriter.receiverReport(datagram, reporter, block);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
    }

    private long count(Counter counter) {
        return counters.get(counter);
    }

    private int queued() {
        return Arrivals.of(arrivals).size();
    }

    @Test
    void shouldQueueEachPayloadWithItsLength() {
        datagram.put(12, (byte) 0x55);
        packet(PEER, 65_535, 111, 3);
        packet(PEER, 0, 111, 0);
        List<Arrivals.Packet> packets = Arrivals.of(arrivals);

        assertThat(packets).hasSize(2);
        assertThat(packets.get(0).payload()).hasSize(3).startsWith(0x55);
        assertThat(packets.get(1).payload()).isEmpty();
        assertThat(signals.take().heard()).isTrue();
    }

    @Test
    void shouldCountLossReorderingAndDuplicatesAcrossTheWrap() {
        media(PEER, 65_533, 65_535, 65_534, 65_534, 1, 2);

        assertThat(List.of(
                        count(Counter.PACKETS_RECEIVED),
                        count(Counter.PACKETS_LOST),
                        count(Counter.PACKETS_DUPLICATE),
                        count(Counter.PACKETS_REORDERED)))
                .containsExactly(5L, 1L, 1L, 1L);
        assertThat(receiver.jitterMs()).isPositive();
    }

    @Test
    void shouldNotLetAStrayOfAnotherSourceEndTheStream() {
        media(PEER, 1, 2);
        media(OTHER, 40_000);
        media(PEER, 3, 4);

        assertThat(count(Counter.PACKETS_UNEXPECTED)).isEqualTo(1);
        assertThat(count(Counter.PACKETS_RECEIVED)).isEqualTo(4);
        assertThat(count(Counter.PACKETS_LOST)).isZero();
        assertThat(signals.take().peerRestarted()).isFalse();
        assertThat(queued()).isEqualTo(4);
    }

    @Test
    void shouldFollowAPeerThatRestarted() {
        media(PEER, 1, 2, 3);
        media(OTHER, 500, 501, 502, 503, 504, 505);

        assertThat(signals.take().peerRestarted()).isTrue();
        assertThat(count(Counter.PACKETS_UNEXPECTED))
                .as("until it was believed")
                .isEqualTo(4);
        assertThat(count(Counter.PACKETS_RECEIVED)).isEqualTo(5);
        assertThat(count(Counter.PACKETS_LOST)).isZero();
        assertThat(report.next(clock.nanoTime()).ssrc()).isEqualTo(OTHER);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another payload type, 0, 30, packets_unexpected",
        "a payload longer than any, 111, 1276, packets_malformed",
    })
    void shouldCountAndDropPacketsThatWereNotNegotiated(
            String what, int payloadType, int payloadBytes, String counter) {
        packet(PEER, 1, payloadType, payloadBytes);

        assertThat(count(Counter.valueOf(counter.toUpperCase()))).as(what).isEqualTo(1);
        assertThat(signals.take().heard()).isFalse();
        assertThat(queued()).isZero();
    }

    @Test
    void shouldNotHearItsOwnEcho() {
        media(ourselves.ssrc(), 1, 2, 3);

        assertThat(count(Counter.PACKETS_UNEXPECTED)).isEqualTo(3);
        assertThat(signals.take().heard()).isFalse();
    }

    @Test
    void shouldEndOnTheByeOfThePeerOnly() {
        media(PEER, 1, 2);
        bye(OTHER);
        assertThat(signals.take().endOfTransmission()).isFalse();
        bye(PEER);
        assertThat(signals.take().endOfTransmission()).isTrue();
        media(PEER, 3);
        assertThat(count(Counter.PACKETS_AFTER_END)).isEqualTo(1);
        assertThat(signals.take().heard()).as("a ghost of a call").isFalse();
        assertThat(count(Counter.RTCP_RECEIVED)).isEqualTo(2);
    }

    private List<Event> told(int ssrc, int name, int... states) {
        for (int state : states) {
            datagram.clear();
            RtcpWriter.receiverReport(datagram, ssrc, null);
            RtcpWriter.application(datagram, ssrc, name, state);
            receiver.onDatagram(datagram.flip(), clock.nanoTime());
        }
        return events.take();
    }

    @Test
    void shouldPublishEachChangeOfThePeersState() {
        media(PEER, 1, 2);
        events.take();

        assertThat(told(PEER, LocalState.NAME, 0, 1, 1, 0x8000_0006, 0))
                .containsExactly(
                        new CallEvent.PeerState(true, false, false),
                        new CallEvent.PeerState(false, true, true),
                        new CallEvent.PeerState(false, false, false));
        assertThat(told(OTHER, LocalState.NAME, 1)).isEmpty();
        assertThat(told(PEER, LocalState.NAME + 1, 1)).isEmpty();
    }

    @Test
    void shouldNotBelieveAStateThatAnybodyMayHaveSent() {
        receiver = receiver(false);
        media(PEER, 1, 2);
        events.take();

        assertThat(told(PEER, LocalState.NAME, 1, 2, 4)).isEmpty();
    }

    @Test
    void shouldPublishThePeersReportAboutUs() {
        int sentNtp = NtpTime.middle(time.at(clock.nanoTime()));
        clock.advanceMs(250);
        reportFrom(PEER, new ReportBlock(ourselves.ssrc(), 64, 13, 5, 480, sentNtp, 200 * 65_536 / 1000));

        CallEvent.PeerReport told = events.await(CallEvent.PeerReport.class);
        assertThat(told.lossPercent()).isEqualTo(25.0);
        assertThat(told.packetsLost()).isEqualTo(13);
        assertThat(told.jitterMs()).isEqualTo(10.0);
        assertThat(told.rttMs()).isEqualTo(50, within(0.1));
    }

    @Test
    void shouldNotKnowTheRoundTripBeforeThePeerHasHeardAReport() {
        reportFrom(PEER, new ReportBlock(ourselves.ssrc(), 0, 0, 5, 0, 0, 0));

        assertThat(events.await(CallEvent.PeerReport.class).rttMs()).isNull();
    }

    @Test
    void shouldIgnoreReportsAboutOrFromOthers() {
        reportFrom(PEER, new ReportBlock(ourselves.ssrc() + 1, 64, 13, 5, 480, 0, 0));
        media(PEER, 1);
        reportFrom(OTHER, new ReportBlock(ourselves.ssrc(), 64, 13, 5, 480, 0, 0));

        assertThat(events.take()).isEmpty();
        assertThat(count(Counter.RTCP_RECEIVED)).isEqualTo(2);
    }

    @Test
    void shouldReferToThePeersLastSenderReport() {
        media(PEER, 1);
        datagram.clear();
        RtcpWriter.senderReport(datagram, PEER, new RtcpWriter.SenderInfo(0x1111_2222_3333_4444L, 0, 1, 1), null);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
        datagram.clear();
        RtcpWriter.senderReport(datagram, OTHER, new RtcpWriter.SenderInfo(0x5555_6666_7777_8888L, 0, 1, 1), null);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
        clock.advanceMs(500);

        ReportBlock block = report.next(clock.nanoTime());
        assertThat(block.lastReport()).isEqualTo(0x2222_3333);
        assertThat(block.sinceLastReport()).isEqualTo(32_768);
    }

    /** The payload of packet {@code sequence} with copies of those so many packets before. */
    private int redundant(int at, int sequence, int... distances) {
        RedWriter red = new RedWriter();
        for (int distance : distances) {
            red.addCopy(111, distance * 960, payloadOf(sequence - distance), 0, PAYLOAD_BYTES);
        }
        return red.write(datagram, at, 111, payloadOf(sequence), 0, PAYLOAD_BYTES);
    }

    private static ByteBuffer payloadOf(int sequence) {
        return ByteBuffer.allocate(PAYLOAD_BYTES).put(0, (byte) sequence);
    }

    private void withCopies(int sequence, int... distances) {
        clock.advanceMs(20);
        datagram.clear();
        int bytes = redundant(RtpPacket.HEADER_BYTES, sequence, distances);
        packet(PEER, sequence, PayloadFormat.RED_PAYLOAD_TYPE, bytes);
    }

    private static String described(Arrivals.Packet packet) {
        return packet.origin() + " " + packet.timestamp() / 960 + " " + packet.payload()[0];
    }

    @Test
    void shouldQueueThePacketAndItsCopies() {
        withCopies(10, 4, 2);

        assertThat(Arrivals.of(arrivals))
                .extracting(RtpDepacketizerTest::described)
                .containsExactly("ORIGINAL 10 10", "COPY 6 6", "COPY 8 8");
        assertThat(count(Counter.PACKETS_RECEIVED)).isEqualTo(1);
    }

    @Test
    void shouldTakeTurnsWithAndWithoutCopies() {
        media(PEER, 1, 2);
        withCopies(4, 1);
        media(PEER, 5);

        assertThat(Arrivals.of(arrivals))
                .extracting(packet -> packet.origin() + " " + packet.timestamp() / 960)
                .containsExactly("ORIGINAL 1", "ORIGINAL 2", "ORIGINAL 4", "COPY 3", "ORIGINAL 5");
        assertThat(count(Counter.PACKETS_LOST)).as("repaired or not").isEqualTo(1);
    }

    @Test
    void shouldDropCopiesOfAnotherSource() {
        media(PEER, 1, 2);
        datagram.clear();
        int bytes = redundant(RtpPacket.HEADER_BYTES, 20_000, 1);
        packet(OTHER, 20_000, PayloadFormat.RED_PAYLOAD_TYPE, bytes);

        assertThat(queued()).isEqualTo(2);
        assertThat(count(Counter.PACKETS_UNEXPECTED)).isEqualTo(1);
    }

    /** A primary of another payload type; without an end; cut short; nothing at all. */
    @ParameterizedTest
    @ValueSource(strings = {"6001020304", "ef", "ef000401", "ef0f0c1e6f0102", ""})
    void shouldCountMalformedCopies(String payload) {
        datagram.clear();
        byte[] bytes = HexFormat.of().parseHex(payload);
        datagram.put(RtpPacket.HEADER_BYTES, bytes);
        packet(PEER, 1, PayloadFormat.RED_PAYLOAD_TYPE, bytes.length);

        assertThat(count(Counter.PACKETS_MALFORMED)).isEqualTo(1);
        assertThat(queued()).isZero();
    }

    private void retransmission(int original, int payloadType, int payloadBytes) {
        datagram.clear();
        datagram.putShort(RtpPacket.HEADER_BYTES, (short) original);
        RtpPacket.writeHeader(datagram, false, payloadType, 500, original * 960, OTHER);
        receiver.onDatagram(datagram.limit(RtpPacket.HEADER_BYTES + payloadBytes), clock.nanoTime());
    }

    /** The peer has answered our report within 5 ms, and packet 3 is missing. */
    private void askForPacket3() {
        media(PEER, 1, 2);
        int sentNtp = NtpTime.middle(time.at(clock.nanoTime()));
        clock.advanceMs(5);
        reportFrom(PEER, new ReportBlock(ourselves.ssrc(), 0, 0, 5, 0, sentNtp, 0));
        media(PEER, 4, 5);
        assertThat(count(Counter.RETRANSMISSIONS_REQUESTED)).isPositive();
        queued();
    }

    @Test
    void shouldQueueARetransmissionThatWasAskedFor() {
        askForPacket3();
        retransmission(3, PayloadFormat.RTX_PAYLOAD_TYPE, RtxPacket.OSN_BYTES + PAYLOAD_BYTES);

        List<Arrivals.Packet> packets = Arrivals.of(arrivals);
        assertThat(packets)
                .extracting(packet -> packet.origin() + " " + packet.timestamp() / 960 + " " + packet.payload().length)
                .containsExactly("RETRANSMISSION 3 " + PAYLOAD_BYTES);
        assertThat(count(Counter.PACKETS_RECEIVED)).as("no media packet").isEqualTo(4);
    }

    @Test
    void shouldQueueARetransmissionWithItsCopies() {
        askForPacket3();
        datagram.clear();
        int bytes = redundant(RtpPacket.HEADER_BYTES + RtxPacket.OSN_BYTES, 3, 1);
        retransmission(3, PayloadFormat.RED_RTX_PAYLOAD_TYPE, RtxPacket.OSN_BYTES + bytes);

        assertThat(Arrivals.of(arrivals))
                .extracting(RtpDepacketizerTest::described)
                .containsExactly("RETRANSMISSION 3 3", "COPY 2 2");
    }

    @Test
    void shouldDropRetransmissionsNotAskedFor() {
        askForPacket3();
        for (int original : new int[] {2, 4, 6, 40_000}) {
            retransmission(original, PayloadFormat.RTX_PAYLOAD_TYPE, RtxPacket.OSN_BYTES + PAYLOAD_BYTES);
        }

        assertThat(queued()).isZero();
        assertThat(count(Counter.PACKETS_UNEXPECTED)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "113, 2, packets_malformed",
        "113, 1278, packets_malformed",
        "114, 3, packets_malformed",
        "113, 1, packets_unexpected",
        "114, 0, packets_unexpected"
    })
    void shouldCountMalformedRetransmissions(int payloadType, int payloadBytes, String counter) {
        askForPacket3();
        retransmission(3, payloadType, payloadBytes);

        assertThat(count(Counter.valueOf(counter.toUpperCase()))).isEqualTo(1);
        assertThat(queued()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"200, 12", "201, 4", "203, 40", "111, 3"})
    void shouldCountDatagramsThatAreNeitherRtpNorRtcp(int second, int bytes) {
        datagram.clear();
        datagram.putLong(0, 0).put(0, (byte) 0x80).put(1, (byte) second);
        receiver.onDatagram(datagram.limit(bytes), clock.nanoTime());

        assertThat(count(Counter.PACKETS_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        int[] sequence = {0};
        ArrivalQueue.Receiver nobody = (stream, timestamp, arrivalNs, origin, payload, bytes) -> {};
        assertThat(Allocation.bytesPerRun(20_000, 10_000, () -> {
                    clock.advanceMs(20);
                    sequence[0] += sequence[0] % 9 == 0 ? 2 : 1;
                    packet(PEER, sequence[0] & 0xffff, 111, PAYLOAD_BYTES);
                    arrivals.drainTo(nobody);
                }))
                .isLessThan(1);
    }

    private static ReportBlock about(int ssrc, int highest) {
        return new ReportBlock(ssrc, 0, 0, highest, 0, 0, 0);
    }

    @Test
    void shouldSignalWhetherThePeerReceivesAnything() {
        media(PEER, 1, 2);
        reportFrom(PEER, about(ourselves.ssrc(), 100));
        assertThat(signals.take().peerHears()).isTrue();

        reportFrom(PEER, about(ourselves.ssrc(), 150));
        assertThat(signals.take().peerHears()).isTrue();

        reportFrom(PEER, about(ourselves.ssrc(), 150));
        MediaSignals.Raised same = signals.take();
        assertThat(same.peerHears()).isFalse();
        assertThat(same.peerHearsNothing()).isTrue();

        reportFrom(PEER, null);
        assertThat(signals.take().peerHearsNothing()).isTrue();
    }

    @Test
    void shouldNotTakeFeedbackOrReportsOfOthersForSilence() {
        media(PEER, 1, 2);
        reportFrom(OTHER, null);
        assertThat(signals.take().peerHearsNothing()).isFalse();

        datagram.clear();
        RtcpWriter.receiverReport(datagram, PEER, null);
        RtcpWriter.nack(datagram, PEER, ourselves.ssrc(), new int[] {7}, 1);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
        assertThat(signals.take().peerHearsNothing()).isFalse();
    }

    @Test
    void shouldSignalThatThePeerReceivesNothingThoughNothingOfItCameEither() {
        reportFrom(PEER, null);

        assertThat(signals.take().peerHearsNothing()).isTrue();
    }

    private void mediaAt(int sequence, int timestamp) {
        clock.advanceMs(20);
        datagram.clear();
        RtpPacket.writeHeader(datagram, false, 111, sequence, timestamp, PEER);
        receiver.onDatagram(datagram.limit(RtpPacket.HEADER_BYTES + PAYLOAD_BYTES), clock.nanoTime());
    }

    private void senderReport(int ssrc, long packets, int timestamp) {
        datagram.clear();
        RtcpWriter.senderReport(datagram, ssrc, new RtcpWriter.SenderInfo(1L << 32, timestamp, packets, 0), null);
        receiver.onDatagram(datagram.flip(), clock.nanoTime());
    }

    @Test
    void shouldCountNoMoreAsLostThanThePeerSaysItSent() {
        media(PEER, 1, 2, 3);
        senderReport(PEER, 3, 3 * 960);
        mediaAt(60, 4 * 960);
        assertThat(count(Counter.PACKETS_LOST)).as("one more was sent since").isZero();

        media(PEER, 64);
        assertThat(count(Counter.PACKETS_LOST)).as("its time allows for them").isEqualTo(59);
        senderReport(OTHER, 4, 64 * 960);
        assertThat(count(Counter.PACKETS_LOST)).as("not the peer").isEqualTo(59);
        senderReport(PEER, 9, 64 * 960);
        assertThat(count(Counter.PACKETS_LOST)).isEqualTo(4);
        ReportBlock block = report.next(clock.nanoTime());
        assertThat(block.cumulativeLost())
                .as("what we tell the peer, with the last packet")
                .isEqualTo(59);
        media(PEER, 65);
        assertThat(report.next(clock.nanoTime()).cumulativeLost()).isEqualTo(4);
    }

    @Test
    void shouldStartAnewWithTheCountOfAnotherSource() {
        media(PEER, 1, 2, 9);
        senderReport(PEER, 5, 9 * 960);
        assertThat(count(Counter.PACKETS_LOST)).isEqualTo(2);
        bye(PEER);
        clock.advanceMs(5_000);
        media(OTHER, 100, 101, 103);

        assertThat(count(Counter.PACKETS_LOST)).isEqualTo(3);
    }
}
