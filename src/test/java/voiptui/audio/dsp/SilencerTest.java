package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SilencerTest {

    private final Silencer silencer = new Silencer();

    private short[] after(boolean silence) {
        short[] frame = new short[100];
        Arrays.fill(frame, (short) 10_000);
        silencer.apply(frame, silence);
        return frame;
    }

    @Test
    void shouldFadeOutThenBeSilentThenFadeIn() {
        assertThat(after(false)).containsOnly((short) 10_000);
        short[] out = after(true);
        assertThat(out[0]).isEqualTo((short) 10_000);
        assertThat(out[99]).isEqualTo((short) 100);
        assertThat(after(true)).containsOnly((short) 0);
        short[] in = after(false);
        assertThat(in[0]).isZero();
        assertThat(in[99]).isEqualTo((short) 9_900);
        assertThat(after(false)).containsOnly((short) 10_000);
    }
}
