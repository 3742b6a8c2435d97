package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ManualClock;

class LastSeenTest {

    @TempDir
    private Path stateDir;

    private final ManualClock clock = new ManualClock();
    private final List<String> warnings = new ArrayList<>();

    private LastSeen open() {
        return new LastSeen(stateDir, warnings::add, clock);
    }

    @Test
    void shouldKeepTimesAcrossARestart() {
        LastSeen seen = open();
        seen.note("dora", 1_767_323_045_678L);
        seen.note("attic", 5);
        seen.write();

        assertThat(open().of("dora")).isEqualTo(1_767_323_045_678L);
        assertThat(open().of("attic")).isEqualTo(5);
        assertThat(open().of("cellar")).isZero();
        assertThat(stateDir.resolve("last_seen.new")).doesNotExist();
    }

    @Test
    void shouldWriteAtMostOnceAMinute() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS - 1);
        seen.writeIfDue();
        assertThat(stateDir.resolve("last_seen")).doesNotExist();
        clock.advanceMs(1);
        seen.writeIfDue();
        assertThat(Files.readString(stateDir.resolve("last_seen"))).isEqualTo("dora 1\n");
        seen.note("dora", 2);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS - 1);
        seen.writeIfDue();
        assertThat(open().of("dora")).isEqualTo(1);
    }

    @Test
    void shouldNotWriteUnchangedTimes() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        seen.write();
        Files.delete(stateDir.resolve("last_seen"));
        seen.note("dora", 1);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
        seen.writeIfDue();

        assertThat(stateDir.resolve("last_seen")).doesNotExist();
    }

    @Test
    void shouldSkipInvalidLines() throws IOException {
        Files.write(
                stateDir.resolve("last_seen"),
                "dora 7\n\nattic\nUPPER 1\nhall 99999999999999999999\nbell -1\ncellar 8\n\u00ff 1\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        LastSeen seen = open();

        assertThat(seen.of("dora")).isEqualTo(7);
        assertThat(seen.of("cellar")).isEqualTo(8);
        assertThat(seen.of("hall")).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldWarnOnceAndKeepTimesInMemoryWhenItCannotWrite() throws IOException {
        LastSeen seen = new LastSeen(Files.writeString(stateDir.resolve("occupied"), ""), warnings::add, clock);
        warnings.clear();
        seen.note("dora", 1);
        for (int i = 0; i < 3; i++) {
            clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
            seen.writeIfDue();
        }
        assertThat(warnings).hasSize(1);
        assertThat(seen.of("dora")).isEqualTo(1);
    }
}
