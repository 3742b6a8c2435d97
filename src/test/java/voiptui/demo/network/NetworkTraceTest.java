package voiptui.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTraceTest {

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("trace"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldReadDelaysLossesAndComments() throws IOException {
        NetworkTrace trace = NetworkTrace.read(write("# a train\r\n20\n\n  21.5  # late\nlost\n0\n"));

        assertThat(trace.packets()).isEqualTo(4);
        assertThat(trace.delayMs(0)).isEqualTo(20);
        assertThat(trace.delayMs(1)).isEqualTo(21.5);
        assertThat(trace.delayMs(2)).isNaN();
        assertThat(trace.delayMs(3)).isZero();
    }

    @Test
    void shouldRepeatItselfAsAPath() throws IOException {
        ImpairedPath path = ImpairedPath.of(NetworkTrace.read(write("20\nlost\n30\n")));

        for (int round = 0; round < 3; round++) {
            assertThat(path.send(1_000, 100)).isEqualTo(1);
            assertThat(path.arrivalNs(0)).isEqualTo(20_001_000);
            assertThat(path.send(2_000, 100)).isZero();
            assertThat(path.send(3_000, 100)).isEqualTo(1);
            assertThat(path.arrivalNs(0)).isEqualTo(30_003_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "10001", "1e3", "LOST", "20 30", "NaN", "0x10", "20ms", "\u00e4\u001b[2J"})
    void shouldNameTheLineThatIsWrong(String line) throws IOException {
        Path file = write("20\n" + line + "\n");

        assertThatThrownBy(() -> NetworkTrace.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ", line 2: '")
                .hasMessageEndingWith("' is neither a delay from 0 to 10000 ms nor 'lost'")
                .message()
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void shouldQuoteOnlyTheBeginningOfALongLine() throws IOException {
        Path file = write("9".repeat(1_000_000));

        assertThatThrownBy(() -> NetworkTrace.read(file))
                .message()
                .hasSizeLessThan(folder.toString().length() + 120);
    }

    @Test
    void shouldRefuseWhatIsNoTrace() throws IOException {
        assertThatThrownBy(() -> NetworkTrace.read(folder.resolve("missing"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> NetworkTrace.read(folder)).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> NetworkTrace.read(write("# nothing\n"))).hasMessageContaining("describes no packet");
    }

    @Test
    void shouldTakeAMillionPacketsAndNoMore() throws IOException {
        Path most = write("1\n".repeat(NetworkTrace.MAX_PACKETS));
        NetworkTrace trace = NetworkTrace.read(most);
        assertThat(trace.packets()).isEqualTo(NetworkTrace.MAX_PACKETS);
        assertThat(trace.delayMs(999_999)).isCloseTo(1, within(1e-9));

        Path tooMany = write("1\n".repeat(NetworkTrace.MAX_PACKETS + 1));
        assertThatThrownBy(() -> NetworkTrace.read(tooMany)).hasMessageContaining("at most 1000000 packets");
        Path tooLarge = write("#".repeat(33 << 20));
        assertThatThrownBy(() -> NetworkTrace.read(tooLarge)).hasMessageContaining("too large");
    }
}
