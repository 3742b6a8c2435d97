package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordsTest {

    private static final List<String> OPTIONS =
            List.of("--server", "--speaker", "--stay", "--mic", "--mute", "--max-delay", "--min-delay", "--version");

    @ParameterizedTest
    @CsvSource({
        "--sever, --server",
        "--srever, --server",
        "--SERVER, --server",
        "-server, --server",
        "--mci, --mic",
        "--speak, --speaker",
        "--maxdelay, --max-delay",
    })
    void shouldFindWhatWasMeant(String typed, String meant) {
        assertThat(NearestWords.to(typed, OPTIONS)).containsExactly(meant);
    }

    @ParameterizedTest
    @CsvSource({"--nonsense", "--x", "--", "''"})
    void shouldSuggestNothingFarFetched(String typed) {
        assertThat(NearestWords.to(typed, OPTIONS)).isEmpty();
        assertThat(NearestWords.question(typed, OPTIONS)).isEmpty();
    }

    @Test
    void shouldNameAllThatAreEquallyNear() {
        assertThat(NearestWords.question("ana", List.of("anna", "ben", "ann", "hana")))
                .isEqualTo("; did you mean 'ann' or 'anna' or 'hana'?");
    }

    @Test
    void shouldNotCompareEndlesslyLongWords() {
        assertThat(NearestWords.to("a".repeat(1_000_000), List.of("a".repeat(1_000_000))))
                .isEmpty();
    }
}
