package voiptui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.demo.speech.SpeechMatch;
import voiptui.testkit.Sounds;
import voiptui.testkit.Wav;

class AlignedWavsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldCutAlignedParts() {
        short[] samples = {1, 2, 3, 4, 5};

        assertThat(AlignedWavs.cut(samples, 1, 3)).containsExactly(2, 3, 4);
        assertThat(AlignedWavs.cut(samples, 3, 4)).containsExactly(4, 5, 0, 0);
        assertThat(AlignedWavs.cut(samples, -2, 4)).containsExactly(0, 0, 1, 2);
        assertThat(AlignedWavs.cut(samples, -9, 4)).containsExactly(0, 0, 0, 0);
        assertThat(AlignedWavs.cut(samples, 9, 2)).containsExactly(0, 0);
        assertThat(AlignedWavs.cut(new short[0], 0, 2)).containsExactly(0, 0);
    }

    @Test
    void shouldWriteBothAt16KhzFromTheSamePlace() throws Exception {
        short[] said = Sounds.sine(440, 10_000, 48_000, 0, 48_000);
        short[] heard = new short[60_000];
        System.arraycopy(said, 0, heard, 4_800, said.length);
        AlignedWavs wavs = AlignedWavs.in(folder);
        wavs.write(new DemoCall.Sound(said, heard, new SpeechMatch(1, 4_800, List.of()), 100));

        short[] saidAt16Khz = Wav.read(wavs.said());
        short[] heardAt16Khz = Wav.read(wavs.heard());
        assertThat(Wav.rateHz(wavs.said())).isEqualTo(16_000);
        assertThat(Wav.rateHz(wavs.heard())).isEqualTo(16_000);
        assertThat(saidAt16Khz).hasSize(16_000);
        assertThat(heardAt16Khz).isEqualTo(saidAt16Khz);
        short[] expected = Sounds.sine(440, 10_000, 16_000, 0, 16_000);
        for (int i = 100; i < 15_900; i++) {
            assertThat(Math.abs(saidAt16Khz[i] - expected[i])).isLessThan(20);
        }
        assertThat(Arrays.equals(saidAt16Khz, new short[16_000])).isFalse();
    }
}
