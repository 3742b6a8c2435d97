package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ManualClock;

/** When names were last there, over restarts. */
class LastSeenTest {

    @TempDir
    private Path stateDir;

    private final ManualClock clock = new ManualClock();
    private final List<String> warnings = new ArrayList<>();

    private LastSeen open() {
        return new LastSeen(stateDir, warnings::add, clock);
    }

    @Test
    void shouldRememberOverARestart() {
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
    void shouldWriteOnceAMinuteAtMost() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS - 1);
        seen.writeNowAndThen();
        assertThat(stateDir.resolve("last_seen")).doesNotExist();
        clock.advanceMs(1);
        seen.writeNowAndThen();
        assertThat(Files.readString(stateDir.resolve("last_seen"))).isEqualTo("dora 1\n");
        seen.note("dora", 2);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS - 1);
        seen.writeNowAndThen();
        assertThat(open().of("dora")).isEqualTo(1);
    }

    @Test
    void shouldNotWriteWhatHasNotChanged() throws IOException {
        LastSeen seen = open();
        seen.note("dora", 1);
        seen.write();
        Files.delete(stateDir.resolve("last_seen"));
        seen.note("dora", 1);
        clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
        seen.writeNowAndThen();

        assertThat(stateDir.resolve("last_seen")).doesNotExist();
    }

    @Test
    void shouldPassOverBrokenLines() throws IOException {
        Files.write(
                stateDir.resolve("last_seen"),
                "dora 7\n\nattic\nUPPER 1\nhall 99999999999999999999\nbell -1\ncellar 8\n\u00ff 1\n"
                        .getBytes("ISO-8859-1"));
        LastSeen seen = open();

        assertThat(seen.of("dora")).isEqualTo(7);
        assertThat(seen.of("cellar")).isEqualTo(8);
        assertThat(seen.of("hall")).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldWarnOnceWhereItCannotWriteAndKnowItStill() throws IOException {
        LastSeen seen = new LastSeen(Files.writeString(stateDir.resolve("occupied"), ""), warnings::add, clock);
        warnings.clear();
        seen.note("dora", 1);
        for (int i = 0; i < 3; i++) {
            clock.advanceMs(LastSeen.WRITE_INTERVAL_MS);
            seen.writeNowAndThen();
        }
        assertThat(warnings).hasSize(1);
        assertThat(seen.of("dora")).isEqualTo(1);
    }

    @Test
    void shouldDoWithoutAStateDirectory() {
        LastSeen seen = new LastSeen(null, warnings::add, clock);
        seen.note("dora", 1);
        seen.write();

        assertThat(seen.of("dora")).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }
}
