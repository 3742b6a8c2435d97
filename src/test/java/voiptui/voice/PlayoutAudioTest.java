package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Allocation;
import voiptui.testkit.Sounds;

class PlayoutAudioTest {

    private static final int RATE_HZ = 48_000;
    private static final int MAX = 4_800;
    private static final int PERIOD = 240;

    private final PlayoutAudio audio = new PlayoutAudio(RATE_HZ, MAX);
    private final short[] out = new short[480];
    private long appended;

    /** Appends a tone of 200 Hz that goes on where it ended. */
    private void appendTone(int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) (8_000 * Math.sin(2 * Math.PI * (appended++ % PERIOD) / PERIOD));
        }
        audio.append(tone, samples);
    }

    private short[] takeAll() {
        short[] all = new short[audio.ready() / out.length * out.length];
        for (int at = 0; at < all.length; at += out.length) {
            audio.take(out);
            System.arraycopy(out, 0, all, at, out.length);
        }
        return all;
    }

    @Test
    void shouldGiveWhatItWasGiven() {
        Random random = new Random(1);
        short in = 0;
        short expected = 0;
        for (int i = 0; i < 5_000; i++) {
            if (audio.ready() < out.length || audio.ready() < MAX / 2 && random.nextBoolean()) {
                short[] piece = new short[1 + random.nextInt(MAX / 2)];
                for (int j = 0; j < piece.length; j++) {
                    piece[j] = in++;
                }
                audio.append(piece, piece.length);
            } else {
                int ready = audio.ready();
                audio.take(out);
                assertThat(audio.ready()).isEqualTo(ready - out.length);
                for (short sample : out) {
                    assertThat(sample).isEqualTo(expected++);
                }
            }
        }
    }

    @Test
    void shouldRemoveOnePeriodWithoutASeam() {
        appendTone(1_920);
        audio.take(out);
        int before = audio.ready();
        int removed = audio.shorten(MAX, false);

        assertThat(removed).isPositive();
        assertThat(removed % PERIOD).isZero();
        assertThat(audio.ready()).isEqualTo(before - removed);
        appendTone(960);
        assertThat(Sounds.largestStep(takeAll())).as("a click").isLessThanOrEqualTo(220);
    }

    @Test
    void shouldRepeatOnePeriodWithoutASeam() {
        appendTone(1_920);
        audio.take(out);
        audio.take(out);
        int before = audio.ready();
        int added = audio.lengthen(false);

        assertThat(added).isPositive();
        assertThat(added % PERIOD).isZero();
        assertThat(audio.ready()).isEqualTo(before + added);
        appendTone(960);
        assertThat(Sounds.largestStep(takeAll())).as("a click").isLessThanOrEqualTo(220);
    }

    @Test
    void shouldRemoveNoMoreThanAllowed() {
        appendTone(1_920);

        assertThat(audio.shorten(PERIOD - 40, false)).isZero();
        assertThat(audio.ready()).isEqualTo(1_920);
    }

    @Test
    void shouldFadeOutAndDropTheRest() {
        short[] loud = new short[960];
        Arrays.fill(loud, (short) 10_000);
        audio.append(loud, loud.length);
        audio.takeFadingOut(out);

        assertThat(out[0]).isEqualTo((short) 10_000);
        assertThat(Sounds.largestStep(out)).isLessThanOrEqualTo(21);
        assertThat(out[out.length - 1]).isLessThan((short) 25);
        assertThat(audio.ready()).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        short[] piece = Sounds.sine(200, 8_000, RATE_HZ, 0, 960);
        assertThat(Allocation.bytesPerRun(1_000, 1_000, () -> {
                    audio.append(piece, piece.length);
                    audio.take(out);
                    audio.shorten(PERIOD, false);
                    audio.lengthen(true);
                    while (audio.ready() >= out.length) {
                        audio.take(out);
                    }
                }))
                .isLessThan(1);
    }
}
