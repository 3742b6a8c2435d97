package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissedPacketsTest {

    private final MissedPackets missed = new MissedPackets();

    @Test
    void shouldRememberEachOnce() {
        missed.add(960);
        missed.add(0);

        assertThat(missed.remove(1_920)).isFalse();
        assertThat(missed.remove(960)).isTrue();
        assertThat(missed.remove(960)).isFalse();
        assertThat(missed.remove(0)).isTrue();
    }

    @Test
    void shouldRememberTheLast64() {
        for (int i = 0; i < 65; i++) {
            missed.add(i);
        }

        assertThat(missed.remove(0)).isFalse();
        for (int i = 1; i < 65; i++) {
            assertThat(missed.remove(i)).isTrue();
        }
    }

    @Test
    void shouldForget() {
        missed.add(5);
        missed.clear();

        assertThat(missed.remove(5)).isFalse();
    }
}
