package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ManualClock;

class LastSeenTest {

    @TempDir
    private Path stateDir;

    private final ManualClock clock = new ManualClock();
    private final List<String> warnings = new ArrayList<>();

    private LastSeen open() throws IOException {
        return new LastSeen(stateDir, warnings::add, clock);
    }

    @Test
    void shouldKeepTimesAcrossARestart() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1_767_323_045_678L);
        seen.note("attic", 5);
        seen.write(Set.of(), 0);

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
        seen.writeIfDue(Set.of(), 0);
        assertThat(stateDir.resolve("last_seen")).doesNotExist();
        clock.advanceMs(1);
        seen.writeIfDue(Set.of(), 0);
        assertThat(Files.readString(stateDir.resolve("last_seen"))).isEqualTo("dora 1\n");
        seen.note("dora", 2);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS - 1);
        seen.writeIfDue(Set.of(), 0);
        assertThat(open().of("dora")).isEqualTo(1);
    }

    @Test
    void shouldNotWriteUnchangedTimes() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        seen.write(Set.of(), 0);
        Files.delete(stateDir.resolve("last_seen"));
        seen.note("dora", 1);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
        seen.writeIfDue(Set.of(), 0);

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
    void shouldWarnOnceAndKeepTimesInMemoryUntilItCanWrite() throws IOException {
        LastSeen seen = open();
        Path inTheWay = Files.createDirectory(stateDir.resolve("last_seen"));
        Files.createFile(inTheWay.resolve("full"));
        seen.note("dora", 1);
        for (int i = 0; i < 3; i++) {
            clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
            seen.writeIfDue(Set.of(), 0);
        }
        assertThat(warnings).singleElement().asString().contains("cannot write " + inTheWay);
        assertThat(seen.of("dora")).isEqualTo(1);

        Files.delete(inTheWay.resolve("full"));
        Files.delete(inTheWay);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
        seen.writeIfDue(Set.of(), 0);
        assertThat(inTheWay).hasContent("dora 1");
    }

    @Test
    void shouldWriteOnceADayThatAClientIsStillSignedIn() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        seen.write(Set.of(), 0);
        clock.advanceMs(LastSeen.ONLINE_INTERVAL_MS);
        seen.writeIfDue(Set.of("dora"), 86_400_001);

        assertThat(open().of("dora")).isEqualTo(86_400_001);
        assertThat(seen.of("dora")).as("what watchers were told").isEqualTo(1);
    }

    @Test
    void shouldRefuseToStartWithAnUnreadableFile() throws IOException {
        Path file = Files.createDirectory(stateDir.resolve("last_seen"));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + file + ": it is not a regular file");
    }
}
