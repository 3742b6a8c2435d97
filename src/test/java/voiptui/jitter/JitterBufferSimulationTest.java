package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.jitter.JitterBuffer.Playout;

/**
 * Half an hour of speech through a simulated network, with two sound cards whose clocks differ.
 * Time is simulated; nothing waits.
 */
class JitterBufferSimulationTest {

    private static final int CAPACITY = 8;
    private static final int TARGET = 3;
    private static final double FRAME_MS = 20;
    private static final int HALF_AN_HOUR_FRAMES = 30 * 60 * 50;

    /** A simulated network. */
    private interface Network {
        /** Returns the network delay in milliseconds; negative: lost. */
        double delayMs(int number, Random random);
    }

    private record Packet(double arrivalMs, long number) {}

    /** The counts at the end of the stream. */
    private static final class Heard {
        int frames;
        int concealed;
        int idle;
        int skipped;
        int outOfOrder;
        int deepest;
        double meanDepthAtTheEnd;
        long longestBehindMs;
    }

    /**
     * Plays a whole stream. The speaker starts {@code phaseMs} after the microphone and runs slower by {@code ppm}.
     */
    private static Heard play(Network network, double ppm, double phaseMs, long seed, int frames) {
        Random random = new Random(seed);
        JitterBuffer buffer = new JitterBuffer(CAPACITY, TARGET, Long.BYTES);
        PriorityQueue<Packet> underWay = new PriorityQueue<>((a, b) -> Double.compare(a.arrivalMs, b.arrivalMs));
        Heard heard = new Heard();
        byte[] payload = new byte[Long.BYTES];
        long last = Long.MIN_VALUE;
        int sent = 0;
        long depthSum = 0;
        int depthCount = 0;
        double tickMs = FRAME_MS * (1 + ppm / 1e6);
        int ticks = (int) (frames * FRAME_MS / tickMs) - 10;
        for (int tick = 0; tick < ticks; tick++) {
            double nowMs = phaseMs + tick * tickMs;
            for (; sent < frames && sent * FRAME_MS <= nowMs; sent++) {
                double delayMs = network.delayMs(sent, random);
                if (delayMs >= 0) {
                    underWay.add(new Packet(sent * FRAME_MS + delayMs, sent));
                }
            }
            while (!underWay.isEmpty() && underWay.peek().arrivalMs <= nowMs) {
                long number = underWay.poll().number;
                buffer.add(
                        number, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
                heard.deepest = Math.max(heard.deepest, buffer.depthFrames());
            }
            Playout playout = buffer.get(payload);
            if (playout == Playout.FRAME) {
                long number = ByteBuffer.wrap(payload).getLong();
                heard.frames++;
                heard.outOfOrder += number <= last ? 1 : 0;
                last = number;
                heard.longestBehindMs = Math.max(heard.longestBehindMs, (long) (nowMs - number * FRAME_MS));
                if (buffer.hasSurplus()) {
                    buffer.onSurplusTaken();
                    if (buffer.get(payload) == Playout.FRAME) {
                        last = ByteBuffer.wrap(payload).getLong();
                    }
                    heard.skipped++;
                }
            } else if (playout == Playout.CONCEAL) {
                heard.concealed++;
            } else {
                heard.idle++;
            }
            if (tick > ticks - 500) {
                depthSum += buffer.depthFrames();
                depthCount++;
            }
        }
        heard.meanDepthAtTheEnd = (double) depthSum / depthCount;
        return heard;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 3, 10, 17, 19.9})
    void shouldPlayEveryFrameOfASteadyNetworkInOrder(double phaseMs) {
        Heard heard = play((number, random) -> 5 + random.nextDouble() * 0.05, 0, phaseMs, 1, HALF_AN_HOUR_FRAMES);

        assertThat(heard.concealed).as("concealed").isZero();
        assertThat(heard.skipped).as("skipped").isZero();
        assertThat(heard.outOfOrder).isZero();
        assertThat(heard.idle).as("silent before the target was reached").isLessThanOrEqualTo(TARGET);
        assertThat(heard.deepest).isLessThanOrEqualTo(TARGET + 1);
    }

    /** 200 ppm of half an hour are 18 frames, the greatest number that may be dropped or concealed. */
    @ParameterizedTest
    @CsvSource({"200, 0.5", "200, 12", "-200, 0.5", "-200, 12", "50, 3", "-50, 3"})
    void shouldKeepTheDelayDespiteClockDrift(double ppm, double phaseMs) {
        Heard heard = play((number, random) -> 5 + random.nextDouble(), ppm, phaseMs, 2, HALF_AN_HOUR_FRAMES);

        int drift = (int) Math.ceil(Math.abs(ppm) / 1e6 * HALF_AN_HOUR_FRAMES);
        assertThat(heard.outOfOrder).isZero();
        assertThat(heard.skipped).as("skipped").isLessThanOrEqualTo(drift + 1);
        assertThat(heard.concealed).as("concealed").isLessThanOrEqualTo(drift + 1);
        assertThat(ppm > 0 ? heard.concealed : heard.skipped)
                .as("what the drift does not ask for")
                .isLessThanOrEqualTo(1);
        assertThat(heard.meanDepthAtTheEnd).isBetween(0.0, TARGET + 1.0);
        assertThat(heard.longestBehindMs).isLessThan((long) ((TARGET + 2) * FRAME_MS));
    }

    /** Loss, jitter, bursts and stalls for most of the stream, then a good network again. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 200", "3, -200", "4, 100", "5, -100", "6, 200", "7, -200", "8, 0"})
    void shouldAdaptToABadNetworkAndRecover(long seed, double ppm) {
        Network bad = new Network() {
            private double stalledUntilMs = -1;
            private int lossLeft;

            @Override
            public double delayMs(int number, Random random) {
                double sentMs = number * FRAME_MS;
                if (number > HALF_AN_HOUR_FRAMES - 3000) {
                    return 5 + random.nextDouble();
                }
                if (random.nextInt(3000) == 0) {
                    stalledUntilMs = sentMs + random.nextInt(1500); // then the delayed packets arrive together
                }
                if (lossLeft > 0 || random.nextInt(500) == 0) {
                    lossLeft = lossLeft > 0 ? lossLeft - 1 : random.nextInt(40);
                    return -1;
                }
                if (random.nextInt(50) == 0) {
                    return -1;
                }
                double delayMs = 5 + Math.abs(random.nextGaussian()) * (number / 10_000 % 2 == 0 ? 5 : 40);
                return sentMs + delayMs < stalledUntilMs ? stalledUntilMs - sentMs : delayMs;
            }
        };

        Heard heard = play(bad, ppm, 7, seed, HALF_AN_HOUR_FRAMES);

        assertThat(heard.deepest).as("deepest").isLessThanOrEqualTo(CAPACITY);
        assertThat(heard.outOfOrder).isZero();
        assertThat(heard.concealed).as("the network was bad").isGreaterThan(2000);
        assertThat(heard.frames).isGreaterThan(HALF_AN_HOUR_FRAMES * 3 / 4);
        assertThat(heard.meanDepthAtTheEnd).as("depth a minute after").isBetween(0.5, TARGET + 0.5);
        // A packet is delayed by the stall and then by at most the length of the buffer.
        assertThat(heard.longestBehindMs).isLessThan((long) (1500 + 300 + (CAPACITY + 2) * FRAME_MS));
    }
}
