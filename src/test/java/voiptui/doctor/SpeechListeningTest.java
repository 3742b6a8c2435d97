package voiptui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;

class SpeechListeningTest {

    private static final int SPOKEN = 8_000;

    private final List<String> shown = new ArrayList<>();
    private int framesRead;

    private final SpeechPrompt prompt = new SpeechPrompt() {
        @Override
        public void ask() {
            shown.add("ask");
        }

        @Override
        public void level(double peakDbfs) {
            shown.add("level");
        }

        @Override
        public void done() {
            shown.add("done");
        }
    };

    /** A microphone that somebody speaks into from one time to another. */
    private AudioSource spokenInto(int fromMs, int toMs) {
        return new AudioSource() {
            @Override
            public void read(short[] frame) {
                int ms = framesRead++ * PcmFormat.OPUS.frameMs();
                Arrays.fill(frame, (short) (ms >= fromMs && ms < toMs ? SPOKEN : 60));
            }

            @Override
            public String name() {
                return "headset";
            }

            @Override
            public void close() {}
        };
    }

    private SpeechListening.Heard hear(int fromMs, int toMs) throws Exception {
        return SpeechListening.run(spokenInto(fromMs, toMs), PcmFormat.OPUS, prompt);
    }

    private int listenedMs() {
        return framesRead * PcmFormat.OPUS.frameMs();
    }

    @Test
    void shouldHearSpeechAndEndSoonAfterIt() throws Exception {
        assertThat(hear(1_500, 4_000).speech()).isTrue();

        assertThat(listenedMs()).isEqualTo(2_000);
        assertThat(shown).startsWith("ask", "level").endsWith("level", "done").hasSize(22);
    }

    @Test
    void shouldListenForASecondAtLeast() throws Exception {
        assertThat(hear(0, 600).speech()).isTrue();

        assertThat(listenedMs()).isEqualTo(SpeechListening.SHORTEST_MS);
    }

    @Test
    void shouldNotTakeANoiseForSpeech() throws Exception {
        SpeechListening.Heard heard = hear(1_000, 1_100);

        assertThat(heard.speech()).isFalse();
        assertThat(heard.peakDbfs()).isBetween(-13.0, -12.0);
        assertThat(listenedMs()).isEqualTo(SpeechListening.LONGEST_MS);
    }
}
