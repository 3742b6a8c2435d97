package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcentusOpusTest extends OpusLibraryTest {

    ConcentusOpusTest() {
        super(new ConcentusOpus());
    }

    @ParameterizedTest(name = "loss {0}")
    @CsvSource({"0, 0.93", "0.05, 0.88", "0.1, 0.81", "0.3, 0.68"})
    void shouldCarrySpeech(double loss, double quality) throws IOException {
        assertThat(quality(loss)).isGreaterThan(quality);
    }
}
