package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.codec.FrameDecoder;
import voiptui.jitter.DelayTarget;
import voiptui.testkit.Allocation;

/** The receiver on simulated time and a simulated network. */
class VoiceReceiverTest {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    private static final int PULL = 480;
    private static final int PULL_MS = 10;
    private static final int PACKET_MS = 20;
    private static final long FIRST_TIMESTAMP = 5_000_000_000L;
    private static final double LOST = -1;

    private final NumberedVoice voice = new NumberedVoice();
    private final DelayTarget target = new DelayTarget(20, 500);
    private final VoiceReceiver receiver = new VoiceReceiver(voice, target, RATE_HZ, FRAME, FRAME, 4, 64);
    private final List<Double> delaysMs = new ArrayList<>();
    private long nowMs;

    /** Decodes packets to a steady tone, and notes which were decoded. */
    private static final class NumberedVoice implements FrameDecoder {

        private final List<Integer> decoded = new ArrayList<>();
        private boolean keeps = true;

        @Override
        public int samples(byte[] payload, int bytes) {
            return FRAME;
        }

        @Override
        public int decode(byte[] payload, int bytes, short[] audio) {
            if (keeps) {
                decoded.add(ByteBuffer.wrap(payload).getInt());
            }
            conceal(audio, FRAME);
            return FRAME;
        }

        @Override
        public void conceal(short[] audio, int samples) {
            for (int i = 0; i < samples; i++) {
                audio[i] = (short) (8_000 * Math.sin(2 * Math.PI * 200 * i / RATE_HZ));
            }
        }

        @Override
        public int rateHz() {
            return RATE_HZ;
        }
    }

    private record Arrival(int number, double ms) {}

    private static byte[] payload(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private void receive(int packets, IntToDoubleFunction delayMs) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int number = 0; number < packets; number++) {
            double delay = delayMs.applyAsDouble(number);
            if (delay >= 0) {
                arrivals.add(new Arrival(number, number * PACKET_MS + delay));
            }
        }
        play(arrivals, packets * PACKET_MS);
    }

    private void play(List<Arrival> arrivals, long untilMs) {
        arrivals.sort(Comparator.comparingDouble(Arrival::ms));
        short[] out = new short[PULL];
        int next = 0;
        for (; nowMs < untilMs; nowMs += PULL_MS) {
            for (; next < arrivals.size() && arrivals.get(next).ms() <= nowMs; next++) {
                Arrival arrival = arrivals.get(next);
                byte[] payload = payload(arrival.number());
                receiver.onPacket(
                        0,
                        FIRST_TIMESTAMP + arrival.number() * (long) FRAME,
                        (long) (arrival.ms() * 1e6),
                        payload,
                        payload.length);
            }
            receiver.pull(out, nowMs * 1_000_000);
            delaysMs.add(receiver.delayMs());
        }
    }

    private double meanDelayMs(long fromMs) {
        return delaysMs.stream()
                .skip(fromMs / PULL_MS)
                .mapToDouble(delay -> delay)
                .average()
                .orElseThrow();
    }

    private void assertAtTarget(long fromMs) {
        assertThat(receiver.targetMs(nowMs * 1_000_000)).isEqualTo(20 + PULL_MS / 2.0);
        assertThat(meanDelayMs(fromMs)).isEqualTo(20 + PULL_MS / 2.0, within(10.0));
    }

    @Test
    void shouldPlayEverythingOnAPerfectNetworkWithTheLeastDelay() {
        receive(3_000, number -> 40);

        assertThat(receiver.concealedMs()).isZero();
        assertThat(receiver.lost() + receiver.skipped()).isZero();
        assertAtTarget(1_000);
        assertThat(voice.decoded).hasSizeGreaterThan(2_990).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldConcealALossWithoutChangingTheDelay() {
        Random random = new Random(1);
        boolean[] lost = new boolean[3_000];
        receive(3_000, number -> (lost[number] = number > 5 && random.nextInt(20) == 0) ? LOST : 40);
        int losses = 0;
        for (int number = 0; number < 2_990; number++) {
            losses += lost[number] ? 1 : 0;
        }

        assertThat(receiver.lost()).isBetween((long) losses, losses + 2L);
        assertThat(receiver.concealedMs()).isEqualTo(receiver.lost() * PACKET_MS, within(40.0));
        assertAtTarget(10_000);
    }

    @Test
    void shouldPutReorderedPacketsInOrder() {
        receive(3_000, number -> number % 10 == 3 ? 75 : 40);

        assertThat(receiver.lost()).isLessThan(10);
        assertThat(voice.decoded).isSorted();
    }

    @ParameterizedTest(name = "{0} ppm")
    @ValueSource(ints = {-300, -100, 100, 300})
    void shouldAbsorbDriftOfTheClocks(int ppm) {
        Random random = new Random(1);
        receive(30_000, number -> 300 + number * PACKET_MS * ppm * 1e-6 + 4 * random.nextDouble());

        assertThat(receiver.lost() + receiver.skipped()).isZero();
        assertThat(receiver.concealedMs()).isLessThan(200);
        assertAtTarget(10_000);
    }

    @Test
    void shouldReturnToTheTargetWithin3SecondsOfAStallOf2() {
        int stalledAt = 20_000;
        receive(
                2_000,
                number ->
                        40 + Math.max(0, number * PACKET_MS < stalledAt ? 0 : stalledAt + 2_000 - number * PACKET_MS));

        assertThat(delaysMs.get((stalledAt + 2_000 + 3_000) / PULL_MS)).isLessThan(60);
        assertAtTarget(stalledAt + 5_000);
    }

    @Test
    void shouldGetUsedToStallsThatRecur() {
        receive(15_000, number -> 40 + Math.max(0, 200 - number % 250 * PACKET_MS));
        double before = receiver.concealedMs();

        assertThat(before).as("nearly all of it in the first seconds").isLessThan(600);
    }

    @Test
    void shouldSettleAboveJitter() {
        Random random = new Random(1);
        receive(6_000, number -> 60 + Math.abs(15 * random.nextGaussian()));

        assertThat(receiver.concealedMs() / (6_000 * PACKET_MS)).isLessThan(0.02);
        assertThat(meanDelayMs(5_000)).isLessThan(60);
    }

    /** Whatever comes, in whatever order: no frame twice, no way back, everything accounted for. */
    @RepeatedTest(20)
    void shouldNeverPlayAFrameTwiceNorGoBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Arrival> arrivals = new ArrayList<>();
        double pathMs = 0;
        for (int number = 0; number < 2_000; number++) {
            if (random.nextInt(200) == 0) {
                pathMs = random.nextInt(600);
            }
            int copies = random.nextInt(10) == 0 ? random.nextInt(4) : 1;
            for (int copy = 0; copy < copies; copy++) {
                double spreadMs = random.nextInt(20) == 0 ? random.nextInt(2_000) : random.nextInt(30);
                arrivals.add(new Arrival(number, number * PACKET_MS + pathMs + spreadMs));
            }
        }
        play(arrivals, 2_000 * PACKET_MS + 4_000);

        assertThat(voice.decoded).isSorted().doesNotHaveDuplicates();
        assertThat(receiver.played()).isEqualTo(voice.decoded.size());
        int first = voice.decoded.get(0);
        int last = voice.decoded.get(voice.decoded.size() - 1);
        assertThat(receiver.played() + receiver.lost() + receiver.skipped()).isEqualTo(last - first + 1L);
    }

    @Test
    void shouldBeSilentWhenNothingComes() {
        receive(100, number -> 40);
        play(new ArrayList<>(), nowMs + 1_000);
        short[] out = new short[PULL];
        Arrays.fill(out, (short) 9);

        assertThat(receiver.pull(out, nowMs * 1_000_000)).isFalse();
        assertThat(out).containsOnly(0);
    }

    @Test
    void shouldAllocateNothing() {
        voice.keeps = false;
        byte[] payload = payload(1);
        short[] out = new short[PULL];
        int[] packet = {0};
        Random random = new Random(1);

        assertThat(Allocation.bytesPerRun(2_000, 5_000, () -> {
                    int number = packet[0]++;
                    long now = number * 20_000_000L;
                    if (random.nextInt(10) != 0) {
                        receiver.onPacket(0, number * (long) FRAME, now + random.nextInt(9_000_000), payload, 4);
                    }
                    receiver.pull(out, now);
                    receiver.pull(out, now + 10_000_000);
                }))
                .isLessThan(1);
    }
}
