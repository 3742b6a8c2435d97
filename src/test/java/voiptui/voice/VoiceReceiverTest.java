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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.codec.FrameDecoder;
import voiptui.jitter.DelayTarget;
import voiptui.jitter.PacketOrigin;
import voiptui.testkit.Allocation;

/** The receiver on simulated time and a simulated network. */
class VoiceReceiverTest {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    private static final int PULL = 480;
    private static final int PULL_MS = 10;
    private static final int PACKET_MS = 20;
    private static final int UNDERRUN_STEP_MS = 10;
    private static final long FIRST_TIMESTAMP = 5_000_000_000L;
    /** The clock wraps after five seconds. */
    private static final long CLOCK_NS = Long.MAX_VALUE - 5_000_000_000L;

    private static final double LOST = -1;
    private static final int VALID = 0;
    private static final int BEGINS_PAUSE = 1;
    private static final int INVALID = 2;

    private final NumberedVoice voice = new NumberedVoice();
    private VoiceReceiver receiver = receiver(20, 64);
    private ReceiverCounts counts = receiver.counts();
    private final List<Double> delaysMs = new ArrayList<>();
    private final List<Long> concealedMs = new ArrayList<>();
    private final List<Boolean> receiving = new ArrayList<>();
    private final short[] out = new short[PULL];
    private int packetSamples = FRAME;
    private long nowMs;
    private int largestStep;
    private short lastSample;

    private VoiceReceiver receiver(int minMs, int capacity) {
        return receiver(minMs, 500, capacity);
    }

    private VoiceReceiver receiver(int minMs, int maxMs, int capacity) {
        return new VoiceReceiver(
                voice,
                new DelayTarget(minMs, maxMs),
                new VoiceReceiver.Format(1, FRAME, NumberedVoice.BYTES, capacity));
    }

    private void use(VoiceReceiver other) {
        receiver = other;
        counts = other.counts();
    }

    /** Decodes packets to a steady tone, and notes which were decoded and recovered. */
    private static final class NumberedVoice implements FrameDecoder {

        static final int BYTES = 8;

        private final List<Integer> decoded = new ArrayList<>();
        private final List<Integer> recovered = new ArrayList<>();
        private Recovered recovers = Recovered.NONE;
        private boolean keeps = true;
        private long at;

        static byte[] payload(int number, int samples, int kind) {
            return ByteBuffer.allocate(BYTES)
                    .putInt(number)
                    .putShort((short) samples)
                    .putShort((short) kind)
                    .array();
        }

        private static int number(byte[] payload) {
            return payload[0] << 24 | (payload[1] & 0xff) << 16 | (payload[2] & 0xff) << 8 | payload[3] & 0xff;
        }

        @Override
        public int rateHz() {
            return RATE_HZ;
        }

        @Override
        public int samples(byte[] payload, int bytes) {
            return payload[7] == INVALID ? 0 : (payload[4] & 0xff) << 8 | payload[5] & 0xff;
        }

        @Override
        public int decode(byte[] payload, int bytes, short[] audio) {
            int samples = samples(payload, bytes);
            if (keeps && samples > 0) {
                decoded.add(number(payload));
            }
            tone(audio, samples);
            return samples;
        }

        @Override
        public void conceal(short[] audio, int samples) {
            tone(audio, samples);
        }

        @Override
        public boolean beginsPause(byte[] payload, int bytes) {
            return payload[7] == BEGINS_PAUSE;
        }

        @Override
        public Recovered recover(byte[] later, int bytes, int distanceSamples, short[] audio, int samples) {
            if (recovers != Recovered.NONE && distanceSamples == samples) {
                recovered.add(number(later) - 1);
                tone(audio, samples);
                return recovers;
            }
            return Recovered.NONE;
        }

        private void tone(short[] audio, int samples) {
            for (int i = 0; i < samples; i++) {
                audio[i] = (short) (8_000 * Math.sin(2 * Math.PI * 200 * (at++ % RATE_HZ) / RATE_HZ));
            }
        }
    }

    private record Arrival(int number, double ms, PacketOrigin origin, int kind) {

        Arrival(int number, double ms) {
            this(number, ms, PacketOrigin.ORIGINAL, VALID);
        }
    }

    private double packetMs() {
        return 1000.0 * packetSamples / RATE_HZ;
    }

    private void receive(int packets, IntToDoubleFunction delayMs) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int number = 0; number < packets; number++) {
            double delay = delayMs.applyAsDouble(number);
            if (delay >= 0) {
                arrivals.add(new Arrival(number, number * packetMs() + delay));
            }
        }
        play(arrivals, (long) (packets * packetMs()));
    }

    private void play(List<Arrival> arrivals, long untilMs) {
        arrivals.sort(Comparator.comparingDouble(Arrival::ms));
        int next = 0;
        for (; nowMs < untilMs; nowMs += PULL_MS) {
            for (; next < arrivals.size() && arrivals.get(next).ms() <= nowMs; next++) {
                Arrival arrival = arrivals.get(next);
                receiver.onPacket(
                        0,
                        FIRST_TIMESTAMP + arrival.number() * (long) packetSamples,
                        CLOCK_NS + (long) (arrival.ms() * 1e6),
                        arrival.origin(),
                        NumberedVoice.payload(arrival.number(), packetSamples, arrival.kind()),
                        NumberedVoice.BYTES);
            }
            receiving.add(receiver.pull(out, nowNs()));
            delaysMs.add(receiver.delayMs());
            concealedMs.add(Math.round(counts.concealedMs()));
            for (short sample : out) {
                largestStep = Math.max(largestStep, Math.abs(sample - lastSample));
                lastSample = sample;
            }
        }
    }

    private long nowNs() {
        return CLOCK_NS + nowMs * 1_000_000;
    }

    private double meanDelayMs(long fromMs, long toMs) {
        return delaysMs.subList((int) fromMs / PULL_MS, (int) toMs / PULL_MS).stream()
                .mapToDouble(delay -> delay)
                .average()
                .orElseThrow();
    }

    private double concealedShare(long fromMs, long toMs) {
        long made = concealedMs.get((int) toMs / PULL_MS - 1) - concealedMs.get((int) fromMs / PULL_MS);
        return (double) made / (toMs - fromMs);
    }

    private void assertAtTarget(long fromMs) {
        assertThat(receiver.targetMs(nowNs())).isEqualTo(20 + PULL_MS / 2.0);
        assertThat(meanDelayMs(fromMs, nowMs)).isEqualTo(20 + PULL_MS / 2.0, within(10.0));
    }

    private void assertEverythingAccountedFor(int first) {
        int last = voice.decoded.get(voice.decoded.size() - 1);
        assertThat(voice.decoded).isSorted().doesNotHaveDuplicates();
        assertThat(counts.played() + counts.recoveredFromCopies() + counts.recoveredByRetransmission())
                .isEqualTo(voice.decoded.size());
        assertThat(counts.expected())
                .isEqualTo(counts.played() + counts.recovered() + counts.concealed() + counts.skipped())
                .isEqualTo(last - first + 1L);
    }

    @Test
    void shouldPlayEverythingOnAPerfectNetworkWithTheLeastDelay() {
        receive(3_000, number -> 40);

        assertThat(counts.concealedMs()).isZero();
        assertThat(counts.concealed() + counts.skipped() + counts.recovered()).isZero();
        assertAtTarget(1_000);
        assertThat(voice.decoded).hasSizeGreaterThan(2_990).isSorted().doesNotHaveDuplicates();
    }

    /** Waiting for half a pull more would only make the delay longer: here it is 25 to 35 ms then. */
    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {40, 42, 45, 48})
    void shouldBeginWithTheFirstPullAtWhichThePacketHasWaitedLongEnough(int pathMs) {
        receive(1_000, number -> pathMs);

        assertThat(meanDelayMs(1_000, nowMs)).isBetween(20.0, 30.0).isLessThan(20 + PULL_MS);
        assertThat(counts.addedMs() + counts.removedMs() + counts.concealedMs()).isZero();
    }

    /** The delay may be a little below its target, but not where that makes repairs come too late. */
    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {40, 42, 44, 46, 48})
    void shouldReachTheTargetOnceARepairCameTooLate(int pathMs) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int number = 0; number < 2_000; number++) {
            double ms = number * PACKET_MS + pathMs;
            if (number % 10 != 5 || number < 500) {
                arrivals.add(new Arrival(Math.max(0, number - 4), ms, PacketOrigin.COPY, VALID));
                arrivals.add(new Arrival(number, ms));
            }
        }
        play(arrivals, 40_000);

        assertThat(concealedShare(14_000, 39_000)).isZero();
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

        assertThat(counts.concealed()).isBetween((long) losses, losses + 2L);
        assertThat(counts.concealedMs()).isEqualTo(counts.concealed() * PACKET_MS, within(40.0));
        assertAtTarget(10_000);
        assertEverythingAccountedFor(0);
    }

    @Test
    void shouldPutReorderedPacketsInOrder() {
        receive(3_000, number -> number % 10 == 3 ? 75 : 40);

        assertThat(counts.concealed()).isLessThan(10);
        assertThat(voice.decoded).isSorted();
    }

    @ParameterizedTest(name = "{0} ppm")
    @ValueSource(ints = {-300, -100, 100, 300})
    void shouldAbsorbDriftOfTheClocks(int ppm) {
        Random random = new Random(1);
        receive(30_000, number -> 300 + number * PACKET_MS * ppm * 1e-6 + 4 * random.nextDouble());

        assertThat(counts.concealed() + counts.skipped()).isZero();
        assertThat(counts.concealedMs()).isLessThan(200);
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
        assertEverythingAccountedFor(0);
    }

    /** A small deviation may be jitter, and counts when it has lasted; that of an underrun is real. */
    @Test
    void shouldTakeBackWhatAnUnderrunOfTheSpeakerAddedToTheDelay() {
        receive(250, number -> 40);
        double beforeMs = receiver.delayMs();
        nowMs += 15;
        receiver.onSpeakerUnderrun();
        List<Arrival> later = new ArrayList<>();
        for (int number = 248; number < 400; number++) {
            later.add(new Arrival(number, number * PACKET_MS + 40));
        }
        play(later, 5_600);

        assertThat(receiver.delayMs()).isEqualTo(beforeMs, within(5.0));
        assertThat(counts.removedMs()).isBetween(10.0, 20.0);
        assertThat(counts.concealed() + counts.skipped()).isZero();
    }

    /** A packet that is a moment late costs a moment: half a packet is concealed, and the rest is not waited for. */
    @Test
    void shouldConcealHalfAPacketForOneThatIsALittleLate() {
        receive(200, number -> number == 100 ? 40 + PACKET_MS + 2 : number == 101 ? 43 : 40);

        assertThat(counts.concealedMs()).isEqualTo(UNDERRUN_STEP_MS);
        assertThat(counts.concealed()).isZero();
        assertThat(voice.decoded).contains(100);
    }

    /** The rest of a lost packet is concealed once the next one is there, so that the delay stays as it is. */
    @Test
    void shouldConcealNoMoreThanWhatIsLost() {
        receive(200, number -> number == 100 ? LOST : 40);

        assertThat(counts.concealedMs()).isEqualTo(PACKET_MS);
        assertThat(counts.concealed()).isEqualTo(1);
    }

    /** Short packets leave little audio to find a pitch period in. */
    @Test
    void shouldReachAShortTargetWithShortPackets() {
        packetSamples = PULL;
        use(receiver(5, 64));
        receive(6_000, number -> number < 1_000 ? 40 + number % 5 * 4 : 40);

        assertThat(meanDelayMs(9_000, 10_000)).isGreaterThan(17);
        assertThat(meanDelayMs(55_000, nowMs)).isLessThan(16);
        assertThat(counts.concealed() + counts.skipped()).isZero();
    }

    /** Programs start on both sides: what is late meanwhile says nothing of the call. */
    @Test
    void shouldForgetWhatWasLateWhileTheStreamBegan() {
        receive(400, number -> number < 75 ? 40 + number * 37 % 90 : 40);

        assertThat(meanDelayMs(1_000, 1_500)).isGreaterThan(60);
        assertThat(meanDelayMs(5_000, nowMs)).isLessThan(35);
    }

    @Test
    void shouldGetUsedToStallsThatRecur() {
        receive(15_000, number -> 40 + Math.max(0, 200 - number % 250 * PACKET_MS));

        assertThat(counts.concealedMs())
                .as("nearly all of it in the first seconds")
                .isLessThan(600);
    }

    @Test
    void shouldSettleAboveJitter() {
        Random random = new Random(1);
        receive(6_000, number -> 60 + Math.abs(15 * random.nextGaussian()));

        assertThat(counts.concealedMs() / (6_000 * PACKET_MS)).isLessThan(0.02);
        assertThat(meanDelayMs(5_000, nowMs)).isLessThan(60);
    }

    /** The fastest packet of late is now faster, now slower: to follow it would stretch time all the time. */
    @Test
    void shouldStretchLittleWhileJitterStaysTheSame() {
        Random random = new Random(1);
        receive(6_000, number -> 80 + 15 * random.nextGaussian());

        assertThat(counts.addedMs() + counts.removedMs()).isLessThan(300);
        assertThat(counts.concealedMs() / (6_000 * PACKET_MS)).isLessThan(0.01);
    }

    /** In each ten packets of the time from {@code from} on one is lost, and repaired so much later. */
    private List<Arrival> repaired(int packets, int from, int to, PacketOrigin origin, int afterMs) {
        Random random = new Random(3);
        List<Arrival> arrivals = new ArrayList<>();
        int lost = -1;
        for (int number = 0; number < packets; number++) {
            if (number % 10 == 0) {
                lost = number >= from && number < to ? number + random.nextInt(10) : -1;
            }
            double ms = number * PACKET_MS + 40.0;
            boolean carrierLost = number == lost;
            if (!carrierLost) {
                arrivals.add(new Arrival(number, ms));
            }
            if (origin == PacketOrigin.COPY && !carrierLost && number >= afterMs / PACKET_MS) {
                arrivals.add(new Arrival(number - afterMs / PACKET_MS, ms, origin, VALID));
            } else if (origin == PacketOrigin.RETRANSMISSION && carrierLost) {
                arrivals.add(new Arrival(number, ms + afterMs, origin, VALID));
            }
        }
        return arrivals;
    }

    @ParameterizedTest(name = "{0} after {1} ms")
    @CsvSource({"COPY, 40", "COPY, 80", "RETRANSMISSION, 55"})
    void shouldWaitForRepairsAsLongAsThatBuysSomething(PacketOrigin origin, int afterMs) {
        play(repaired(6_000, 500, 2_500, origin, afterMs), 120_000);

        assertThat(concealedShare(13_000, 50_000))
                .as("3 s after the loss of 10 %% began")
                .isLessThan(0.01);
        assertThat(meanDelayMs(20_000, 50_000)).isGreaterThan(afterMs);
        assertThat(meanDelayMs(112_000, 120_000)).isEqualTo(meanDelayMs(2_000, 10_000), within(15.0));
        long repaired = origin == PacketOrigin.COPY ? counts.recoveredFromCopies() : counts.recoveredByRetransmission();
        assertThat(repaired).isBetween(185L, 200L).isEqualTo(counts.recovered());
        assertThat(counts.concealed()).isLessThan(15);
        assertEverythingAccountedFor(0);
    }

    /** Copies that come although nothing is lost must not cost any delay. */
    @Test
    void shouldNotWaitForCopiesThatNobodyNeeds() {
        play(repaired(1_500, 0, 0, PacketOrigin.COPY, 60), 30_000);

        assertThat(counts.recovered() + counts.concealed()).isZero();
        assertAtTarget(5_000);
    }

    @Test
    void shouldNotWaitForRepairsThatComeTooLate() {
        play(repaired(1_500, 100, 1_500, PacketOrigin.RETRANSMISSION, 700), 30_000);

        assertThat(counts.recovered()).isZero();
        assertThat(counts.late()).as("a repair is not late").isZero();
        assertAtTarget(5_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameDecoder.Recovered.class,
            names = {"FEC", "DRED"})
    void shouldRecoverGapsFromTheNextPacket(FrameDecoder.Recovered how) {
        use(receiver(40, 64));
        voice.recovers = how;
        List<Integer> lost = new ArrayList<>();
        Random random = new Random(1);
        receive(1_500, number -> {
            boolean drop = number > 5 && number < 1_490 && number % 8 == 0 && random.nextBoolean();
            if (drop) {
                lost.add(number);
            }
            return drop ? LOST : 40;
        });

        assertThat(voice.recovered).isEqualTo(lost);
        assertThat(how == FrameDecoder.Recovered.FEC ? counts.recoveredFromFec() : counts.recoveredFromDred())
                .isEqualTo(lost.size())
                .isEqualTo(counts.recovered());
        assertThat(counts.concealed()).isZero();
        assertThat(counts.concealedMs()).isZero();
        assertEverythingAccountedFor(0);
    }

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {120, 240, 480, 960, 1_920, 2_880, 5_760})
    void shouldPlayPacketsOfAnyLength(int samples) {
        use(receiver(20, 256));
        packetSamples = samples;
        int packets = 30_000 * RATE_HZ / 1000 / samples;
        receive(packets, number -> number == packets / 2 ? LOST : 40);

        assertThat(counts.concealed()).isEqualTo(1);
        assertThat(counts.skipped()).isZero();
        assertThat(counts.concealedMs()).isEqualTo(packetMs(), within(PACKET_MS + 1.0));
        assertThat(meanDelayMs(20_000, 30_000)).isEqualTo(25, within(10.0));
        assertThat(largestStep).as("no click").isLessThanOrEqualTo(240);
        assertEverythingAccountedFor(0);
    }

    /** A pause of so many packets after the first 100; each twentieth of them brings an update. */
    private List<Arrival> pausing(int packets) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int number = 0; number < 200 + packets; number++) {
            boolean pause = number >= 100 && number < 100 + packets;
            if (!pause || (number - 100) % 20 == 0) {
                arrivals.add(new Arrival(
                        number, number * PACKET_MS + 40, PacketOrigin.ORIGINAL, pause ? BEGINS_PAUSE : VALID));
            }
        }
        return arrivals;
    }

    @Test
    void shouldFillAnAnnouncedPauseWithComfortNoise() {
        List<Arrival> arrivals = pausing(250);
        play(arrivals, 450 * PACKET_MS);

        assertThat(counts.concealedMs()).isZero();
        assertThat(counts.concealed() + counts.skipped() + counts.recovered()).isZero();
        assertThat(counts.played()).isBetween(arrivals.size() - 4L, (long) arrivals.size());
        assertThat(receiving.subList(20, receiving.size())).doesNotContain(false);
        assertThat(largestStep).as("the noise goes on").isLessThanOrEqualTo(240);
        assertThat(meanDelayMs(8_000, 9_000)).isEqualTo(25, within(10.0));
    }

    @Test
    void shouldTakeAPauseWithoutUpdatesForTheEnd() {
        List<Arrival> arrivals = pausing(250);
        arrivals.removeIf(arrival -> arrival.number() > 100 && arrival.kind() == BEGINS_PAUSE);
        play(arrivals, 450 * PACKET_MS);

        assertThat(receiving.get(3_000 / PULL_MS)).isTrue();
        assertThat(receiving.get(5_000 / PULL_MS)).isFalse();
        assertThat(receiving.get(8_000 / PULL_MS)).isTrue();
        assertThat(counts.concealedMs()).isZero();
        assertThat(counts.concealed()).isZero();
        assertThat(counts.played()).isBetween(arrivals.size() - 4L, (long) arrivals.size());
    }

    /** Whatever comes, in whatever order: no frame twice, no way back, everything accounted for. */
    @RepeatedTest(30)
    void shouldNeverPlayAFrameTwiceNorGoBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        voice.recovers = FrameDecoder.Recovered.values()[random.nextInt(3)];
        List<Arrival> arrivals = new ArrayList<>();
        double pathMs = 0;
        for (int number = 0; number < 2_000; number++) {
            if (random.nextInt(200) == 0) {
                pathMs = random.nextInt(600);
            }
            int kind = random.nextInt(100) == 0 ? INVALID : VALID;
            int copies = random.nextInt(10) == 0 ? random.nextInt(4) : 1;
            for (int copy = 0; copy < copies; copy++) {
                double spreadMs = random.nextInt(20) == 0 ? random.nextInt(2_000) : random.nextInt(30);
                PacketOrigin origin =
                        random.nextInt(4) == 0 ? PacketOrigin.values()[random.nextInt(3)] : PacketOrigin.ORIGINAL;
                arrivals.add(new Arrival(number, number * PACKET_MS + pathMs + spreadMs, origin, kind));
            }
        }
        int firstValid = arrivals.stream()
                .min(Comparator.comparingDouble(Arrival::ms))
                .orElseThrow()
                .number();
        play(arrivals, 2_000 * PACKET_MS + 4_000);

        assertThat(voice.decoded).isSorted().doesNotHaveDuplicates();
        assertThat(voice.recovered).isSorted().doesNotHaveDuplicates().doesNotContainAnyElementsOf(voice.decoded);
        assertThat(firstValid).isLessThan(100);
        assertEverythingAccountedFor(Math.min(firstValid, voice.decoded.get(0)));
    }

    /** More than the store holds at once: the oldest are given up, each counted once. */
    @Test
    void shouldCountEachPacketOnceThatABurstDisplaces() {
        use(receiver(20, 150, 16));
        receive(400, number -> number < 100 || number >= 180 ? 40 : 40 + (180 - number) * PACKET_MS);

        assertThat(counts.skipped() + counts.concealed()).isGreaterThan(50);
        assertEverythingAccountedFor(0);
    }

    @Test
    void shouldWaitNoLongerThanTheStoreCanHold() {
        use(receiver(400, 500, 32));
        packetSamples = 120;
        receive(4_000, number -> 40);

        assertThat(receiver.targetMs(nowNs())).isEqualTo(65);
        assertThat(voice.decoded).hasSizeGreaterThan(3_900);
        assertThat(counts.concealed()).isZero();
        assertEverythingAccountedFor(0);
    }

    /** A packet whose copy was played in its place is neither late nor missing. */
    @Test
    void shouldCountAsLateOnlyWhatWasMissed() {
        List<Arrival> arrivals = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            boolean slow = number == 100 || number == 800;
            arrivals.add(new Arrival(number, number * PACKET_MS + (slow ? 240 : 40)));
            if (number == 100) {
                arrivals.add(new Arrival(number, number * PACKET_MS + 50, PacketOrigin.COPY, VALID));
            }
        }
        play(arrivals, 1_000 * PACKET_MS);

        assertThat(counts.recoveredFromCopies()).isEqualTo(1);
        assertThat(counts.concealed()).isEqualTo(1);
        assertThat(counts.late()).isEqualTo(1);
    }

    @Test
    void shouldBeSilentWhenNothingComes() {
        receive(100, number -> 40);
        play(new ArrayList<>(), nowMs + 1_000);
        Arrays.fill(out, (short) 9);

        assertThat(receiver.pull(out, nowNs())).isFalse();
        assertThat(out).containsOnly(0);
        assertThat(largestStep).as("no click at the end").isLessThanOrEqualTo(240);
    }

    @Test
    void shouldPlayWhatIsLeftAtTheEndOfTheStream() {
        receive(100, number -> 40);
        receiver.endOfStream();
        assertThat(receiver.isEnding()).isTrue();
        play(new ArrayList<>(), nowMs + 200);

        assertThat(receiver.isEnding()).isFalse();
        assertThat(voice.decoded).hasSize(98);
        assertThat(counts.concealed()).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        voice.keeps = false;
        byte[] payload = NumberedVoice.payload(1, FRAME, VALID);
        int[] packet = {0};
        Random random = new Random(1);

        assertThat(Allocation.bytesPerRun(2_000, 5_000, () -> {
                    int number = packet[0]++;
                    long now = number * 20_000_000L;
                    if (random.nextInt(10) != 0) {
                        receiver.onPacket(
                                0,
                                number * (long) FRAME,
                                now + random.nextInt(9_000_000),
                                PacketOrigin.ORIGINAL,
                                payload,
                                payload.length);
                    } else if (number > 3) {
                        receiver.onPacket(
                                0, (number - 2) * (long) FRAME, now, PacketOrigin.COPY, payload, payload.length);
                    }
                    receiver.pull(out, now);
                    receiver.pull(out, now + 10_000_000);
                }))
                .isLessThan(1);
    }
}
