package voiptui.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The model's statistics over many packets, with a fixed seed. */
class ImpairedPathTest {

    private static final int PACKETS = 200_000;
    private static final long INTERVAL_NS = 20_000_000;
    private static final long ORIGIN_NS = -5_000_000_000L;
    private static final int BYTES = 120;

    /** Delays in milliseconds, NaN for lost packets; of duplicates the first copy. */
    private static double[] delaysMs(NetworkProfile profile, int packets, long seed) {
        ImpairedPath path = ImpairedPath.of(profile, seed);
        double[] delays = new double[packets];
        for (int i = 0; i < packets; i++) {
            long sentNs = ORIGIN_NS + i * INTERVAL_NS;
            delays[i] = path.send(sentNs, BYTES) == 0 ? Double.NaN : (path.arrivalNs(0) - sentNs) / 1e6;
        }
        return delays;
    }

    private static double[] received(double[] delays) {
        return Arrays.stream(delays).filter(delay -> !Double.isNaN(delay)).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 1.05", "10, 0, 1.11", "30, 0, 1.43", "10, 3, 3", "20, 4, 4", "0.5, 2, 2", "30, 1, 1.43"})
    void shouldLoseTheGivenShareInBurstsOfTheGivenLength(double percent, double burst, double expectedBurst) {
        double[] delays = delaysMs(NetworkProfile.IDEAL.withLoss(percent, burst), PACKETS, 1);
        int lost = 0;
        int bursts = 0;
        for (int i = 0; i < delays.length; i++) {
            boolean isLost = Double.isNaN(delays[i]);
            lost += isLost ? 1 : 0;
            bursts += isLost && (i == 0 || !Double.isNaN(delays[i - 1])) ? 1 : 0;
        }

        assertThat(100.0 * lost / PACKETS).isCloseTo(percent, within(0.05 * percent + 0.05));
        assertThat((double) lost / bursts).isCloseTo(expectedBurst, within(0.05 * expectedBurst));
    }

    @Test
    void shouldNeitherLoseNorDelayByDefault() {
        assertThat(delaysMs(NetworkProfile.IDEAL, 1000, 1)).containsOnly(0);
        assertThat(delaysMs(NetworkProfile.IDEAL.withDelay(42), 1000, 1)).containsOnly(42);
    }

    @Test
    void shouldRepeatItselfWithTheSameSeedOnly() {
        NetworkProfile awful = NamedNetwork.AWFUL.profile();

        assertThat(delaysMs(awful, 1000, 1)).isEqualTo(delaysMs(awful, 1000, 1));
        assertThat(delaysMs(awful, 1000, 2)).isNotEqualTo(delaysMs(awful, 1000, 1));
    }

    @Test
    void shouldDrawLossesAndDelaysSeparately() {
        NetworkProfile lossy = NetworkProfile.IDEAL.withLoss(20, 3);
        double[] without = delaysMs(lossy, 1000, 1);
        double[] with = delaysMs(lossy.withJitter(Jitter.Gamma.ofMean(30)).withDuplicates(10), 1000, 1);

        assertThat(Arrays.stream(with).map(delay -> delay * 0).toArray()).isEqualTo(without);
    }

    @Test
    void shouldVaryTheDelayUniformly() {
        double[] delays = delaysMs(
                NetworkProfile.IDEAL
                        .withDelay(30)
                        .withJitter(new Jitter.Uniform(40))
                        .withReordering(),
                PACKETS,
                1);

        assertThat(mean(delays)).isCloseTo(50, within(0.2));
        assertThat(deviation(delays)).isCloseTo(40 / Math.sqrt(12), within(0.2));
        assertThat(Arrays.stream(delays)).allMatch(delay -> delay >= 30 && delay <= 70);
    }

    @Test
    void shouldVaryTheDelayNormallyButNotIntoThePast() {
        double[] delays = delaysMs(
                NetworkProfile.IDEAL
                        .withDelay(60)
                        .withJitter(new Jitter.Normal(15))
                        .withReordering(),
                PACKETS,
                1);
        assertThat(mean(delays)).isCloseTo(60, within(0.2));
        assertThat(deviation(delays)).isCloseTo(15, within(0.4));
        assertThat(Arrays.stream(delays)).allMatch(delay -> delay >= 15 && delay <= 105);

        double[] close = delaysMs(
                NetworkProfile.IDEAL
                        .withDelay(1)
                        .withJitter(new Jitter.Normal(15))
                        .withReordering(),
                1000,
                1);
        assertThat(Arrays.stream(close)).allMatch(delay -> delay >= 0).contains(0.0);
    }

    @ParameterizedTest
    @CsvSource({"50, 35.36", "20, 15", "6, 6", "10, 20"})
    void shouldVaryTheDelayByTheGammaDistribution(double meanMs, double deviationMs) {
        double[] delays = delaysMs(
                NetworkProfile.IDEAL
                        .withDelay(30)
                        .withJitter(new Jitter.Gamma(meanMs, deviationMs))
                        .withReordering(),
                PACKETS,
                1);
        double mean = mean(delays);
        double skewness = Arrays.stream(delays)
                        .map(delay -> Math.pow(delay - mean, 3))
                        .average()
                        .orElseThrow()
                / Math.pow(deviation(delays), 3);

        assertThat(mean).isCloseTo(30 + meanMs, within(0.02 * meanMs));
        assertThat(deviation(delays)).isCloseTo(deviationMs, within(0.03 * deviationMs));
        assertThat(skewness).isCloseTo(2 * deviationMs / meanMs, within(0.3 * deviationMs / meanMs));
        assertThat(Arrays.stream(delays)).allMatch(delay -> delay >= 30);
    }

    @Test
    void shouldReorderOnlyIfAllowed() {
        NetworkProfile jittery = NetworkProfile.IDEAL.withJitter(Jitter.Gamma.ofMean(50));

        assertThat(overtakings(delaysMs(jittery, 10_000, 1))).isZero();
        assertThat(overtakings(delaysMs(jittery.withReordering(), 10_000, 1))).isGreaterThan(2000);
    }

    private static int overtakings(double[] delays) {
        int overtakings = 0;
        for (int i = 1; i < delays.length; i++) {
            overtakings += delays[i] + INTERVAL_NS / 1e6 < delays[i - 1] - 1e-3 ? 1 : 0;
        }
        return overtakings;
    }

    @Test
    void shouldDeliverAShareTwice() {
        ImpairedPath path = ImpairedPath.of(NetworkProfile.IDEAL.withDuplicates(10), 1);
        int twice = 0;
        for (int i = 0; i < PACKETS; i++) {
            twice += path.send(i * INTERVAL_NS, BYTES) == 2 ? 1 : 0;
        }

        assertThat(100.0 * twice / PACKETS).isCloseTo(10, within(0.3));
    }

    @Test
    void shouldHoldPacketsDuringAStall() {
        double[] delays = delaysMs(NetworkProfile.IDEAL.withDelay(10).withStalls(Stalls.every(5000, 200)), 1000, 1);

        for (int i = 0; i < delays.length; i++) {
            int sinceMs = i * 20 % 5000;
            boolean stalled = i * 20 >= 5000 && sinceMs < 200;
            assertThat(delays[i]).as("packet %d", i).isCloseTo(stalled ? 10 + 200 - sinceMs : 10, within(1e-3));
        }
    }

    @Test
    void shouldStallOnce() {
        double[] delays = delaysMs(NetworkProfile.IDEAL.withStalls(Stalls.once(2000, 10_000)), 3000, 1);

        assertThat(Arrays.stream(delays).filter(delay -> delay > 0)).hasSize(100);
        assertThat(delays[500]).isCloseTo(2000, within(1e-3));
    }

    @Test
    void shouldVaryStallsAndPauses() {
        double[] delays =
                delaysMs(NetworkProfile.IDEAL.withStalls(new Stalls(200, 500, 4000, 3000, 8000)), PACKETS / 4, 1);
        List<Double> lengths = new ArrayList<>();
        for (int i = 1; i < delays.length; i++) {
            if (delays[i] > 0 && delays[i - 1] == 0) {
                lengths.add(delays[i]);
            }
        }

        // 50,000 packets are 1,000 s; a stall and its pause last 5.85 s on average.
        assertThat(lengths).hasSizeBetween(155, 187).allMatch(length -> length > 180 && length <= 500);
        assertThat(mean(lengths.stream().mapToDouble(length -> length).toArray()))
                .isBetween(310.0, 370.0);
    }

    @Test
    void shouldQueueForTheBottleneckAndOverflow() {
        // 120 bytes in 20 ms are 48 kbit/s.
        assertThat(received(delaysMs(NetworkProfile.IDEAL.withRate(48), 500, 1)))
                .hasSize(500);
        double[] slow = delaysMs(NetworkProfile.IDEAL.withRate(24), 2000, 1);

        assertThat(slow[0]).isCloseTo(40, within(1e-3));
        assertThat(slow[1]).isCloseTo(60, within(1e-3));
        assertThat(Arrays.stream(received(slow))).hasSizeBetween(1000, 1030).allMatch(delay -> delay <= 541);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseInNamedNetworksWhatTheirProfileSays(NamedNetwork network) {
        double[] delays = delaysMs(network.profile(), PACKETS, 1);
        double percent = network.profile().loss().percent();

        assertThat(100.0 - 100.0 * received(delays).length / PACKETS).isCloseTo(percent, within(0.05 * percent + 0.01));
        assertThat(mean(received(delays)))
                .isBetween(
                        network.profile().delay().baseMs(),
                        network.profile().delay().baseMs() + 60);
    }

    @Test
    void shouldDescribeItself() {
        assertThat(NamedNetwork.WIFI.profile().describe())
                .isEqualTo("0.5 % loss in bursts of 2, 20 ms delay, gamma jitter of 6 ms, stalls of 200 to 500 ms");
        assertThat(NamedNetwork.CLEAN.profile().describe()).isEqualTo("20 ms delay");
        assertThat(NetworkProfile.IDEAL.withLoss(20).withRate(64).describe())
                .isEqualTo("20 % loss, 0 ms delay, 64 kbit/s");
    }

    @Test
    void shouldRefuseImpossibleFigures() {
        assertThatThrownBy(() -> NetworkProfile.IDEAL.withLoss(91)).hasMessage("loss must be from 0 to 90 %");
        assertThatThrownBy(() -> NetworkProfile.IDEAL.withLoss(Double.NaN)).hasMessageContaining("loss");
        assertThatThrownBy(() -> NetworkProfile.IDEAL.withLoss(5, -1)).hasMessageContaining("burst");
        assertThatThrownBy(() -> NetworkProfile.IDEAL.withDelay(-1)).hasMessage("delay must be from 0 to 10000 ms");
        assertThatThrownBy(() -> new Jitter.Gamma(0, 1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> Stalls.every(200, 200)).hasMessageContaining("pause");
    }
}
