package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.rtp.RtpSource;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.RtcpListener;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.testkit.ManualClock;

class LossFeedbackTest {

    private static final int PEER = 7;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MediaContext context =
            new MediaContext(PcmFormat.OPUS, new EventBus(), counters, new MediaSignals(() -> {}), clock);
    private final RtpSource ourselves = new RtpSource(new Random(1));
    private final List<Integer> asked = new ArrayList<>();
    private final RtcpListener peer = new RtcpListener() {

        @Override
        public void onNack(int sender, int mediaSsrc, int sequence) {
            assertThat(sender).isEqualTo(ourselves.ssrc());
            assertThat(mediaSsrc).isEqualTo(PEER);
            asked.add(sequence);
        }
    };
    private LossFeedback feedback = feedback(true);

    private LossFeedback feedback(boolean asks) {
        LossFeedback created = new LossFeedback(
                new NackSender(context, ourselves, datagram -> {
                    int bytes = datagram.remaining();
                    assertThat(RtcpReader.read(datagram, peer)).isTrue();
                    return bytes;
                }),
                asks,
                () -> 40);
        created.onNewSource(PEER);
        return created;
    }

    private void packets(int... sequences) {
        for (int sequence : sequences) {
            clock.advanceMs(20);
            feedback.onPacket(sequence, sequence & 0xffff, clock.nanoTime());
        }
    }

    private void packetsUpTo(int from, int to) {
        for (int sequence = from; sequence <= to; sequence++) {
            packets(sequence);
        }
    }

    @Test
    void shouldAskForAMissingPacketWhenTheRoundTripIsShort() {
        feedback.onRoundTrip(5);
        packets(1, 2, 4, 5);

        assertThat(asked).containsExactly(3);
        assertThat(counters.get(Counter.RETRANSMISSIONS_REQUESTED)).isEqualTo(1);
        assertThat(feedback.onRetransmission(3)).isTrue();
        packets(6, 7, 8);
        assertThat(asked).as("not again").containsExactly(3);
    }

    @Test
    void shouldAskForPacketsAcrossTheWrapOfTheirNumbers() {
        feedback.onRoundTrip(5);
        packets(65_534, 65_537, 65_538);

        assertThat(asked).containsExactly(65_535, 0);
    }

    @Test
    void shouldAskForNothingThatComesInOrder() {
        feedback.onRoundTrip(5);
        packetsUpTo(1, 100);

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 80, 250})
    void shouldNotAskWhenTheRoundTripIsUnknownOrTooLong(double roundTripMs) {
        feedback.onRoundTrip(roundTripMs);
        packets(1, 2, 4, 5, 6, 7);

        assertThat(asked).isEmpty();
    }

    @Test
    void shouldNotAskAPeerThatDoesNotAnswer() {
        feedback = feedback(false);
        feedback.onRoundTrip(5);
        packets(1, 2, 4, 5, 6, 7);

        assertThat(asked).isEmpty();
    }

    @Test
    void shouldRefuseRetransmissionsNotAskedFor() {
        feedback.onRoundTrip(5);
        packets(1, 2, 3);

        assertThat(feedback.onRetransmission(2)).as("has come").isFalse();
        assertThat(feedback.onRetransmission(99)).as("not sent yet").isFalse();
        assertThat(counters.get(Counter.RETRANSMISSIONS_REQUESTED)).isZero();
    }

    @Test
    void shouldMapWhatWasReceivedAndLostOnce() {
        packets(1, 2, 3, 6, 7, 8, 9, 10, 11, 12);

        LossMap first = feedback.next(clock.nanoTime());
        assertThat(first.ssrc()).isEqualTo(PEER);
        assertThat(first.beginSequence()).isEqualTo(1);
        assertThat(received(first))
                .containsExactly(true, true, true, false, false, true, true, true, true, true, true, true);
        packets(13, 14);
        LossMap second = feedback.next(clock.nanoTime());
        assertThat(second.beginSequence()).isEqualTo(13);
        assertThat(received(second)).containsExactly(true, true);
        assertThat(feedback.next(clock.nanoTime()).packets()).isZero();
    }

    @Test
    void shouldMapTheNewestIfThereAreTooMany() {
        packetsUpTo(1, 700);

        LossMap map = feedback.next(clock.nanoTime());
        assertThat(map.packets()).isEqualTo(LossMap.MAX_PACKETS);
        assertThat(map.beginSequence() + map.packets()).isEqualTo(701);
    }

    @Test
    void shouldTellANewLossUntilItIsReported() {
        packets(1, 2, 3);
        assertThat(feedback.isLossNew()).isFalse();
        packets(5, 6, 7, 8, 9, 10);
        assertThat(feedback.isLossNew()).as("it may come yet").isFalse();
        packets(11);
        assertThat(feedback.isLossNew()).isTrue();

        feedback.next(clock.nanoTime());
        assertThat(feedback.isLossNew()).isFalse();
    }

    @Test
    void shouldMeasureBursts() {
        packetsUpTo(1, 100);
        packetsUpTo(105, 204);
        feedback.next(clock.nanoTime());

        VoipMetrics.Losses losses = feedback.metrics();
        assertThat(losses.burstMs()).as("four packets").isEqualTo(80);
        assertThat(losses.burstDensity()).isEqualTo(1);
        assertThat(losses.gapDensity()).isZero();
        assertThat(losses.gapMs()).as("100 packets each").isEqualTo(2_000);
    }

    @Test
    void shouldStartOverWithAnotherSource() {
        packets(1, 2, 4, 5, 6, 7, 8, 9, 10);
        feedback.next(clock.nanoTime());
        feedback.onNewSource(8);
        long secondStream = 1L << 40;
        for (int i = 0; i < 3; i++) {
            clock.advanceMs(20);
            feedback.onPacket(secondStream + i, 500 + i, clock.nanoTime());
        }

        LossMap map = feedback.next(clock.nanoTime());
        assertThat(map.ssrc()).isEqualTo(8);
        assertThat(map.beginSequence()).isEqualTo(500);
        assertThat(received(map)).containsExactly(true, true, true);
    }

    private static List<Boolean> received(LossMap map) {
        List<Boolean> received = new ArrayList<>();
        for (int i = 0; i < map.packets(); i++) {
            received.add(map.isReceived(i));
        }
        return received;
    }
}
