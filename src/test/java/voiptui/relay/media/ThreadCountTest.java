package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadCountTest {

    @ParameterizedTest(name = "{0} processors: {1} threads")
    @CsvSource({"1, 1", "2, 1", "3, 2", "9, 8", "64, 8"})
    void shouldLeaveAProcessorToOthers(int processors, int threads) {
        assertThat(ThreadCount.ofProcessors(processors)).isEqualTo(new ThreadCount(threads, false));
    }
}
