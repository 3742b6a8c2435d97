package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessUsageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'Name:\tjava\nVmHWM:\t   90000 kB\nVmRSS:\t   81920 kB\nRssAnon:\t   1 kB\n', 83886080",
        "'VmRSS:\t 1 kB\n', 1024",
        "'Name:\tVmRSS: 5 kB\n', -1",
        "'VmRSS:\t many kB\n', -1",
        "'VmRSS:\t 99999999999999999999 kB\n', -1",
        "'', -1",
    })
    void shouldFormatTheResidentMemory(String status, long bytes) throws IOException {
        Path file = Files.writeString(folder.resolve("status"), status);

        assertThat(new ProcessUsage(file).residentBytes()).isEqualTo(bytes);
    }

    @Test
    void shouldNotKnowTheMemoryWhereTheSystemDoesNotTell() {
        assertThat(new ProcessUsage(folder.resolve("status")).residentBytes()).isEqualTo(ProcessUsage.UNKNOWN);
    }

    @Test
    void shouldFormatTheProcessorTime() {
        assertThat(ProcessUsage.ofThisProcess().cpuMs()).isPositive();
    }
}
