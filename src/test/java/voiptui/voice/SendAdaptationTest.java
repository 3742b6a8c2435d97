package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.repair.LossWindow;
import voiptui.time.PacketTime;
import voiptui.voice.SendAdaptation.Limits;

class SendAdaptationTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int USUAL_BPS = SendAdaptation.USUAL_MAX_BIT_RATE_BPS;
    private static final int PACKET_HEADERS_BPS = 40 * 8 * 50;
    private static final int COPY_HEADER_BPS = 4 * 8 * 50;

    private long nowNs = SECOND_NS;

    private static SendAdaptation withCopies() {
        return new SendAdaptation(new Limits(USUAL_BPS, true, false, false, PacketTime.MS));
    }

    private void report(SendAdaptation adaptation, double loss, double meanRun) {
        nowNs += SECOND_NS;
        adaptation.onLoss(loss, meanRun, nowNs);
    }

    private void reports(SendAdaptation adaptation, int count, double loss, double meanRun) {
        for (int i = 0; i < count; i++) {
            report(adaptation, loss, meanRun);
        }
    }

    @Test
    void shouldGiveACleanPathAllToTheCodec() {
        SendAdaptation adaptation = withCopies();
        reports(adaptation, 5, 0, 1);

        SendSettings settings = adaptation.settings();
        assertThat(settings.copies()).isEmpty();
        assertThat(settings.encoder().inBandFec()).isFalse();
        assertThat(settings.encoder().dredMs()).isZero();
        assertThat(settings.encoder().bitRateBps()).isBetween(30_000, 32_000);
    }

    @Test
    void shouldTurnInBandFecOnAfterARareLoss() {
        SendAdaptation adaptation = withCopies();
        report(adaptation, 0.002, 1);

        assertThat(adaptation.settings().copies()).isEmpty();
        assertThat(adaptation.settings().encoder().inBandFec()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1", "0.05, 2", "0.10, 2", "0.20, 3", "0.30, 4", "0.50, 4"})
    void shouldSendMoreCopiesTheMoreIsLost(double loss, int copies) {
        SendAdaptation adaptation = new SendAdaptation(new Limits(200_000, true, false, false, PacketTime.MS));
        reports(adaptation, 15, loss, 1 / (1 - loss));

        assertThat(adaptation.settings().copies()).hasSize(copies);
    }

    @Test
    void shouldSendCopiesFurtherApartTheLongerTheRuns() {
        SendAdaptation random = withCopies();
        SendAdaptation bursts = withCopies();
        reports(random, 5, 0.1, 1.1);
        reports(bursts, 5, 0.1, 3);

        List<Integer> near = random.settings().copies();
        List<Integer> far = bursts.settings().copies();
        assertThat(far.get(0)).isGreaterThanOrEqualTo(3).isGreaterThan(near.get(0));
        assertThat(far.get(far.size() - 1)).isGreaterThan(near.get(near.size() - 1));
    }

    /** Reports are short: the mean of the few runs in one is far from the true one now and then. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 0.10, 0.20, 0.30})
    void shouldNotTakeRandomLossesForBursts(double loss) {
        int wrong = 0;
        int all = 0;
        for (long seed = 1; seed <= 10; seed++) {
            SendAdaptation adaptation = withCopies();
            for (SendSettings settings : afterReports(adaptation, new Random(seed), loss, 1)) {
                all++;
                wrong += isAgainstBursts(settings) ? 1 : 0;
            }
        }
        assertThat(wrong * 100.0 / all).as("percent of the time").isLessThan(loss < 0.3 ? 5 : 0.001);
    }

    @Test
    void shouldTakeBurstsForBurstsWithinTwoSeconds() {
        SendAdaptation adaptation = withCopies();
        List<SendSettings> after = afterReports(adaptation, new Random(1), 0.2, 4);

        assertThat(after.subList(4, after.size()))
                .filteredOn(SendAdaptationTest::isAgainstBursts)
                .as("of %d reports", after.size() - 4)
                .hasSizeGreaterThan((after.size() - 4) * 9 / 10);
    }

    private static boolean isAgainstBursts(SendSettings settings) {
        return !settings.copies().isEmpty() && settings.copies().get(0) == 3;
    }

    /** Two minutes of losses, {@code runPackets} in a row, as a {@link LossWindow} sees them; a report each half second. */
    private List<SendSettings> afterReports(SendAdaptation adaptation, Random random, double loss, int runPackets) {
        LossWindow window = new LossWindow();
        List<SendSettings> settings = new ArrayList<>();
        double begins = loss / (runPackets * (1 - loss) + loss);
        int left = 0;
        for (int packet = 1; packet <= 6_000; packet++) {
            nowNs += PacketTime.NS;
            if (left == 0 && random.nextDouble() < (runPackets == 1 ? loss : begins)) {
                left = runPackets;
            }
            if (left > 0) {
                left--;
                window.onLost(1, nowNs);
            } else {
                window.onReceived(nowNs);
            }
            if (packet % 25 == 0) {
                adaptation.onLoss(window.lossFraction(nowNs), window.meanRunLength(nowNs), nowNs);
                settings.add(adaptation.settings());
            }
        }
        return settings;
    }

    @Test
    void shouldRiseWithTheFirstReportAndFallSlowly() {
        SendAdaptation adaptation = withCopies();
        reports(adaptation, 3, 0, 1);
        report(adaptation, 0.2, 1.25);
        assertThat(adaptation.settings().copies()).as("at once").hasSize(2);
        reports(adaptation, 15, 0.2, 1.25);
        assertThat(adaptation.settings().copies()).as("it lasts").hasSize(3);

        reports(adaptation, 2, 0, 1);
        assertThat(adaptation.settings().copies()).as("2 s later").hasSize(3);
        reports(adaptation, 8, 0, 1);
        assertThat(adaptation.settings().copies()).as("10 s later, half of it").hasSize(2);
        reports(adaptation, 50, 0, 1);
        assertThat(adaptation.settings().copies()).as("60 s later").isEmpty();
        assertThat(adaptation.settings().encoder().inBandFec()).isTrue();
        reports(adaptation, 60, 0, 1);
        assertThat(adaptation.settings().encoder().inBandFec()).as("forgotten").isFalse();
    }

    /** Each change of the copies changes the delay of the peer. */
    @Test
    void shouldKeepItsProtectionWhileTheLossIsNotMuchLess() {
        SendAdaptation adaptation = withCopies();
        reports(adaptation, 15, 0.18, 1.2);
        assertThat(adaptation.settings().copies()).hasSize(3);

        reports(adaptation, 15, 0.12, 1.1);
        assertThat(adaptation.settings().copies()).as("a third less is lost").hasSize(3);
        reports(adaptation, 15, 0.06, 1.1);
        assertThat(adaptation.settings().copies()).as("two thirds less").hasSize(2);
    }

    @Test
    void shouldNotReturnToRetransmissionsAtALittleLess() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(USUAL_BPS, true, true, false, PacketTime.MS));
        adaptation.onRoundTrip(5);
        report(adaptation, 0.04, 1);
        reports(adaptation, 15, 0.025, 1);
        assertThat(adaptation.settings().copies()).isNotEmpty();

        reports(adaptation, 15, 0.01, 1);
        assertThat(adaptation.settings().retransmissions()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {24_000, 32_000, 48_000, 64_000, 96_000, 128_000})
    void shouldStayWithinTheLimitOfTheBitRate(int limitBps) {
        for (double loss : new double[] {0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.6}) {
            for (double run : new double[] {1, 4}) {
                SendAdaptation adaptation = new SendAdaptation(new Limits(limitBps, true, false, false, PacketTime.MS));
                reports(adaptation, 5, loss, run);

                SendSettings settings = adaptation.settings();
                int copies = settings.copies().size();
                assertThat(settings.maxBitRateBps()).isEqualTo(limitBps);
                assertThat(settings.encoder().bitRateBps() * (1 + copies)
                                + PACKET_HEADERS_BPS
                                + copies * COPY_HEADER_BPS)
                        .as("%.2f lost, %.0f in a row", loss, run)
                        .isLessThanOrEqualTo(Math.max(limitBps, PACKET_HEADERS_BPS + 6_000));
            }
        }
    }

    @Test
    void shouldHaveLostPacketsSentAgainWhereThatComesInTime() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(USUAL_BPS, true, true, false, PacketTime.MS));
        assertThat(adaptation.settings().retransmissions())
                .as("round trip unknown")
                .isFalse();
        report(adaptation, 0.02, 1);
        assertThat(adaptation.settings().copies()).isNotEmpty();

        adaptation.onRoundTrip(5);
        assertThat(adaptation.settings().retransmissions()).isTrue();
        assertThat(adaptation.settings().copies()).isEmpty();

        adaptation.onRoundTrip(250);
        assertThat(adaptation.settings().retransmissions()).isFalse();
        assertThat(adaptation.settings().copies()).isNotEmpty();
    }

    /** Retransmissions get lost, too, and both together would exceed the bit rate. */
    @Test
    void shouldSendCopiesInsteadOfRetransmissionsWhereMuchIsLost() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(USUAL_BPS, true, true, false, PacketTime.MS));
        adaptation.onRoundTrip(5);
        report(adaptation, 0.1, 1);

        assertThat(adaptation.settings().copies()).hasSize(2);
        assertThat(adaptation.settings().retransmissions()).isFalse();
    }

    @Test
    void shouldSendAThirdCopyAgainstMoreThanAFewBursts() {
        SendAdaptation few = withCopies();
        SendAdaptation many = withCopies();
        reports(few, 15, 0.04, 3);
        reports(many, 15, 0.1, 3);

        assertThat(few.settings().copies()).containsExactly(3, 6);
        assertThat(many.settings().copies()).containsExactly(3, 6, 9);
    }

    @Test
    void shouldProtectWithinTheCodecWhereThePeerTakesNoCopies() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(USUAL_BPS, false, false, false, PacketTime.MS));
        report(adaptation, 0.1, 1);

        SendSettings settings = adaptation.settings();
        assertThat(settings.copies()).isEmpty();
        assertThat(settings.encoder().inBandFec()).isTrue();
        assertThat(settings.encoder().dredMs()).isPositive();
        assertThat(settings.encoder().bitRateBps()).isGreaterThan(40_000);
    }

    @Test
    void shouldKeepTheSettingsObjectUntilTheyChange() {
        SendAdaptation adaptation = withCopies();
        report(adaptation, 0.1, 1);
        SendSettings before = adaptation.settings();
        report(adaptation, 0.1, 1);

        assertThat(adaptation.settings()).isSameAs(before);
    }

    private SendAdaptation withJitter(Limits limits, double jitterMs) {
        SendAdaptation adaptation = new SendAdaptation(limits);
        report(adaptation, 0, 1);
        adaptation.onJitter(jitterMs, nowNs);
        return adaptation;
    }

    @Test
    void shouldSendShortPacketsWithACopyInTheNextOneWhereThereIsJitter() {
        SendSettings settings = withJitter(new Limits(USUAL_BPS, true, true, false, PacketTime.MS, true), 12)
                .settings();

        assertThat(settings.copies()).containsExactly(1);
        assertThat(settings.packetMs()).isEqualTo(10);
        int withHeadersBps = 2 * settings.encoder().bitRateBps() + 2 * (PACKET_HEADERS_BPS + COPY_HEADER_BPS);
        assertThat(withHeadersBps).as("with pauses, a tenth less").isLessThan(USUAL_BPS);
        assertThat(settings.encoder().bitRateBps()).isGreaterThanOrEqualTo(24_000);
    }

    @Test
    void shouldSendUsualPacketsWithACopyToAPeerThatTakesNoOthers() {
        SendSettings settings = withJitter(new Limits(USUAL_BPS, true, true, false, PacketTime.MS), 12)
                .settings();

        assertThat(settings.copies()).containsExactly(1);
        assertThat(settings.packetMs()).isEqualTo(PacketTime.MS);
    }

    @Test
    void shouldDoNothingAgainstJitterWithoutCopiesOrBitRate() {
        SendAdaptation old = withJitter(new Limits(USUAL_BPS, false, true, false, PacketTime.MS, true), 40);
        SendAdaptation slow = withJitter(new Limits(48_000, true, true, false, PacketTime.MS, true), 40);

        for (SendAdaptation adaptation : List.of(old, slow)) {
            assertThat(adaptation.settings().copies()).isEmpty();
            assertThat(adaptation.settings().packetMs()).isEqualTo(PacketTime.MS);
        }
    }

    @Test
    void shouldIgnoreTheJitterOfAUsualNetwork() {
        assertThat(withJitter(new Limits(USUAL_BPS, true, true, false, PacketTime.MS, true), 6)
                        .settings()
                        .copies())
                .isEmpty();
    }

    /** Jitter that varies must not change the length of the packets with each report. */
    @Test
    void shouldGoOnForSecondsAfterTheJitterHasEnded() {
        SendAdaptation adaptation = withJitter(new Limits(USUAL_BPS, true, true, false, PacketTime.MS, true), 12);
        int seconds = 0;
        while (adaptation.settings().packetMs() == 10 && seconds < 60) {
            nowNs += SECOND_NS;
            adaptation.onJitter(1, nowNs);
            seconds++;
        }
        assertThat(seconds).isBetween(5, 20);
    }

    /** What comes after it has been given up counts as lost: that is jitter, too. */
    @Test
    void shouldProtectAgainstLossesOnceTheyAreMoreThanFew() {
        SendAdaptation adaptation = withJitter(new Limits(USUAL_BPS, true, false, false, PacketTime.MS, true), 30);
        reports(adaptation, 5, 0.01, 1);
        assertThat(adaptation.settings().packetMs()).isEqualTo(10);

        reports(adaptation, 5, 0.1, 1);
        assertThat(adaptation.settings().packetMs()).isEqualTo(PacketTime.MS);
        assertThat(adaptation.settings().copies()).hasSize(2);
    }

    /** The codec of low delay needs more bits than the one for speech, and has nothing to protect with. */
    @Test
    void shouldSpendMoreOnShortPacketsUntilSomethingIsLost() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(USUAL_BPS, true, false, false, 10));
        assertThat(adaptation.settings().encoder().bitRateBps()).isEqualTo(52_000);

        reports(adaptation, 3, 0.1, 1);
        assertThat(adaptation.settings().encoder().bitRateBps()).isLessThan(30_000);
    }

    @Test
    void shouldKeepShortPacketsWithinTheLimit() {
        SendAdaptation adaptation = new SendAdaptation(new Limits(64_000, true, false, false, 10));

        assertThat(adaptation.settings().encoder().bitRateBps()).isEqualTo(64_000 - 2 * PACKET_HEADERS_BPS);
    }
}
