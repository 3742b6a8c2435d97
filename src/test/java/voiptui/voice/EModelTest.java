package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.voice.EModel.Codec;

class EModelTest {

    /** G.107 with its own default, Bpl 4.3 of G.711 without concealment. */
    private static final Codec DEFAULT = new Codec(0, 4.3, 2);

    @Test
    void shouldRateTheDefaultConnectionAsTheRecommendation() {
        assertThat(EModel.rating(0, 0, 1, DEFAULT)).isEqualTo(93.2);
        assertThat(EModel.conversationMos(0, 0, 1, DEFAULT)).isEqualTo(4.41, within(0.005));
        assertThat(EModel.listeningMos(0, 1, DEFAULT)).isEqualTo(4.41, within(0.005));
    }

    /** The constant part, from all the formulas of G.107, 7.1 to 7.4, and the default values of its table 2. */
    @Test
    void shouldHaveTheConstantPartOfTheRecommendation() {
        double slr = 8;
        double rlr = 2;
        double stmr = 15;
        double lstr = 18;
        double ds = 3;
        double telr = 65;
        double wepl = 110;
        double ps = 35;
        double pr = 35;
        double olr = slr + rlr;
        double nos = ps - slr - ds - 100 + 0.004 * Math.pow(ps - olr - ds - 14, 2);
        double pre = pr + 10 * Math.log10(1 + Math.pow(10, (10 - lstr) / 10));
        double nor = rlr - 121 + pre + 0.008 * Math.pow(pre - 35, 2);
        double nfo = -64 + rlr;
        double no = 10 * Math.log10(power(-70) + power(nos) + power(nor) + power(nfo));
        double ro = 15 - 1.5 * (slr + no);

        double xolr = olr + 0.2 * (64 + no - rlr);
        double iolr = 20 * (norm(xolr / 8, 8) - xolr / 8);
        double stmro = -10 * Math.log10(power(-stmr) + power(-telr));
        double ist = 12 * norm((stmro - 13) / 6, 8)
                - 28 * norm((stmro + 1) / 19.4, 35)
                - 13 * norm((stmro - 3) / 33, 13)
                + 29;
        double q = 37 - 15 * Math.log10(1);
        double g = 1.07 + 0.258 * q + 0.0602 * q * q;
        double iq = 15
                * Math.log10(1 + Math.pow(10, (ro - 100) / 15 + 46 / 8.4 - g / 9) + Math.pow(10, 46 / 30.0 - g / 40));
        double rle = 10.5 * (wepl + 7);
        double idle = (ro - rle) / 2 + Math.sqrt(Math.pow(ro - rle, 2) / 4 + 169);

        assertThat(ro - (iolr + ist + iq) - idle).isEqualTo(EModel.MAX_RATING, within(0.05));
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }

    private static double norm(double x, int n) {
        return Math.pow(1 + Math.pow(x, n), 1.0 / n);
    }

    /** G.107, annex B, table B.1. */
    @ParameterizedTest(name = "R {0}: MOS {1}")
    @CsvSource({
        "100, 4.5",
        "90, 4.34",
        "80, 4.03",
        "70, 3.60",
        "60, 3.10",
        "50, 2.58",
        "0, 1",
        "-5, 1",
        "120, 4.5",
        "NaN, 1"
    })
    void shouldConvertRatingsToScores(double rating, double mos) {
        assertThat(EModel.mos(rating)).isEqualTo(mos, within(0.01));
    }

    /** Without echo, up to 100 ms cost nothing, 400 ms a quarter of the scale; the formula of G.107, 7.4. */
    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({"0, 0", "50, 0", "100, 0", "150, 0.16", "200, 3.04", "300, 14.76", "400, 24.07", "800, 40.83", "NaN, 0"
    })
    void shouldCostDelay(double delayMs, double impairment) {
        assertThat(EModel.delayImpairment(delayMs)).isEqualTo(impairment, within(0.02));
    }

    /** Ie,eff of G.107, 7.5: at a loss of Bpl percent half of what the codec leaves is lost. */
    @Test
    void shouldCostLoss() {
        assertThat(EModel.lossImpairment(0, 1, DEFAULT)).isZero();
        assertThat(EModel.lossImpairment(4.3, 1, DEFAULT)).isEqualTo(95 / 2.0, within(1e-9));
        assertThat(EModel.lossImpairment(10, 1, new Codec(15, 10, 2))).isEqualTo(15 + 80 / 2.0, within(1e-9));
        assertThat(EModel.lossImpairment(10, 2, new Codec(0, 10, 2))).isEqualTo(95 * 10 / 15.0, within(1e-9));
        assertThat(EModel.lossImpairment(10, 2, new Codec(0, 10, 1.5)))
                .isEqualTo(95 * 10 / (10 / 1.5 + 10), within(1e-9));
    }

    /** What was measured of libopus by PESQ-WB, with its own concealment only, is what the model says, within 0.15. */
    @ParameterizedTest(name = "{0} %: {1}")
    @CsvSource({"0, 4.44", "5, 3.14", "10, 2.30", "20, 1.68", "30, 1.40"})
    void shouldRateOpusAsMeasured(double lossPercent, double score) {
        assertThat(EModel.listeningMos(lossPercent, 1, Codec.OPUS)).isEqualTo(score, within(0.15));
    }

    @ParameterizedTest(name = "{0} bit/s: {1}")
    @CsvSource({"16000, 4.13", "20000, 4.21", "24000, 4.33", "32000, 4.41", "96000, 4.41"})
    void shouldRateOpusAtLowerBitRatesAsMeasured(int bitsPerSecond, double score) {
        assertThat(EModel.listeningMos(0, 1, Codec.opusAt(bitsPerSecond))).isEqualTo(score, within(0.03));
    }

    @Test
    void shouldRateWorseTheWorseItGets() {
        for (Codec codec : new Codec[] {Codec.PCM, Codec.OPUS, Codec.opusAt(16_000), Codec.opusAt(6_000), DEFAULT}) {
            for (int step = 0; step < 100; step++) {
                assertThat(EModel.rating(10 * step + 10, 3, 1, codec))
                        .isLessThanOrEqualTo(EModel.rating(10 * step, 3, 1, codec));
                assertThat(EModel.listeningRating(step + 1, 1, codec))
                        .isLessThan(EModel.listeningRating(step, 1, codec));
                assertThat(EModel.rating(150, 5, 1 + 0.1 * step, codec))
                        .isLessThanOrEqualTo(EModel.rating(150, 5, 1, codec));
                assertThat(EModel.mos(step + 1)).isGreaterThanOrEqualTo(EModel.mos(step));
            }
        }
        assertThat(EModel.rating(0, 5, 2, Codec.PCM)).isLessThan(EModel.rating(0, 5, 1, Codec.PCM));
        for (int kbits = 1; kbits < 64; kbits++) {
            assertThat(Codec.opusAt(1000 * kbits + 1000).impairment())
                    .isLessThanOrEqualTo(Codec.opusAt(1000 * kbits).impairment());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e300, -1, 0, 1, 50, 100, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldStayOnTheScale(double wild) {
        for (Codec codec : new Codec[] {Codec.PCM, Codec.OPUS}) {
            assertThat(EModel.rating(wild, wild, wild, codec)).isBetween(0.0, EModel.MAX_RATING);
            assertThat(EModel.conversationMos(wild, wild, wild, codec)).isBetween(1.0, 4.5);
            assertThat(EModel.listeningMos(wild, wild, codec)).isBetween(1.0, 4.5);
        }
        assertThat(EModel.mos(wild)).isBetween(1.0, 4.5);
    }

    @Test
    void shouldComputeTheBurstRatio() {
        assertThat(EModel.burstRatio(0.2, 1.25)).as("at random").isEqualTo(1, within(1e-9));
        assertThat(EModel.burstRatio(0.1, 3)).isEqualTo(2.7, within(1e-9));
        assertThat(EModel.burstRatio(0, 1)).isEqualTo(1);
        assertThat(EModel.burstRatio(0.5, 1)).as("every other one").isEqualTo(1);
    }
}
