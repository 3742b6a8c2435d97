package voiptui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.demo.network.NamedNetwork;
import voiptui.demo.network.NetworkProfile;
import voiptui.testkit.Wav;

/** The simulation behind {@link NetworkBench}. */
class VoiceLoopTest {

    private static final int SECONDS = 12;

    private static VoiceLoop.Result run(NetworkProfile network, SpeechSender sender) throws IOException {
        return VoiceLoop.run(new VoiceLoop.Setting(network, 0, SECONDS, 10, 1), sender, Wav.speech(SECONDS, 1, 48_000));
    }

    @Test
    void shouldCarryAllSpeechOnAGoodNetwork() throws IOException {
        VoiceLoop.Result result = run(NamedNetwork.CLEAN.profile(), new PlainSender());

        assertThat(result.sent()).isCloseTo(SECONDS * 50, within(2));
        assertThat(result.counts().concealed()).isZero();
        assertThat(result.concealed()).isZero();
        assertThat(result.similarity()).isGreaterThan(0.8);
        assertThat(result.kbps()).isBetween(30.0, 60.0);
        assertThat(result.delay().meanMs()).isCloseTo(result.delay().targetMs(), within(15.0));
    }

    @Test
    void shouldRepeatItself() throws IOException {
        VoiceLoop.Result first = run(NamedNetwork.AWFUL.profile(), new PlainSender());
        VoiceLoop.Result second = run(NamedNetwork.AWFUL.profile(), new PlainSender());

        assertThat(second.similarity()).isEqualTo(first.similarity());
        assertThat(second.delay()).isEqualTo(first.delay());
        assertThat(second.kbps()).isEqualTo(first.kbps());
    }

    @Test
    void shouldHearLossesAndWhatCopiesSave() throws IOException {
        NetworkProfile lossy = NetworkProfile.IDEAL.withDelay(20).withLoss(20);
        VoiceLoop.Result plain = run(lossy, new PlainSender());
        VoiceLoop.Result copying = run(lossy, new CopyingSender(24_000, List.of(1, 2)));

        assertThat(100.0 * plain.counts().concealed() / plain.sent()).isCloseTo(20, within(6.0));
        assertThat(copying.counts().recoveredFromCopies()).isPositive();
        assertThat(copying.counts().concealed()).isLessThan(plain.counts().concealed());
        assertThat(copying.kbps()).isGreaterThan(plain.kbps());
        assertThat(copying.similarity()).isGreaterThan(plain.similarity() + 0.02);
    }

    /** Where the way back takes a quarter of a second, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void shouldSendCopiesWithinASecondOfTheFirstLoss(int seed) throws IOException {
        int calmSeconds = 4;
        double wayMs = 125;
        VoiceLoop.Result result = VoiceLoop.run(
                new VoiceLoop.Setting(
                        NetworkProfile.IDEAL.withDelay(wayMs).withLoss(10),
                        0,
                        SECONDS,
                        10,
                        seed,
                        new VoiceLoop.Trouble(calmSeconds, wayMs)),
                new AdaptiveSender(true),
                Wav.speech(SECONDS, 1, 48_000));

        assertThat(result.adaptationMs()).isBetween(wayMs, 1_000.0);
    }
}
