package voiptui.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.CallOutcome;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;
import voiptui.history.CallRecord.Direction;

class CallHistoryTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-05-04T12:00:00.123+02:00");

    @TempDir
    private Path folder;

    private CallHistory history;

    @BeforeEach
    void create() {
        history = new CallHistory(folder.resolve("voiptui/history"));
    }

    private static CallRecord answered(String peer) {
        return new CallRecord(
                NOON,
                Direction.OUTGOING,
                peer,
                "SHA256:mJ6w",
                CallOutcome.ANSWERED,
                EndReason.PEER_LEFT,
                765_432,
                Grade.FAIR,
                Encryption.END_TO_END,
                true,
                "relay.example:8888");
    }

    private static CallRecord missed(String peer) {
        return new CallRecord(
                NOON, Direction.INCOMING, peer, null, CallOutcome.MISSED, null, 0, null, null, false, "relay.example");
    }

    private List<CallRecord> all() throws IOException {
        return history.read(Integer.MAX_VALUE, any -> true).calls();
    }

    @Test
    void shouldKeepCallsNewestFirst() throws IOException {
        history.add(answered("ben"));
        history.add(missed("cleo"));

        assertThat(all()).containsExactly(missed("cleo"), answered("ben"));
        assertThat(history.read(1, any -> true).calls()).containsExactly(missed("cleo"));
        assertThat(history.read(1, call -> !call.isMissed()).calls()).containsExactly(answered("ben"));
    }

    @Test
    void shouldWriteOneObjectPerLine() throws IOException {
        history.add(answered("ben"));

        assertThat(Files.readString(history.file()))
                .isEqualTo("{\"at\":\"2026-05-04T12:00:00.123+02:00\",\"direction\":\"OUTGOING\",\"peer\":\"ben\","
                        + "\"fingerprint\":\"SHA256:mJ6w\",\"outcome\":\"ANSWERED\",\"reason\":\"PEER_LEFT\","
                        + "\"duration_ms\":765432,\"quality\":\"FAIR\",\"encryption\":\"END_TO_END\",\"verified\":true,"
                        + "\"relay\":\"relay.example:8888\"}\n");
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws IOException {
        history.add(answered("ben"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldHaveNoCallsWithoutAFile() throws IOException {
        assertThat(all()).isEmpty();
        assertThat(history.unseenMissed(10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "[]",
                "null",
                "{}",
                "{\"seen\":\"soon\"}",
                "{\"seen\":{}}",
                "{\"at\":\"2026-05-04T12:00Z\",\"direction\":\"UPWARD\",\"peer\":\"x\",\"outcome\":\"MISSED\","
                        + "\"duration_ms\":0,\"relay\":\"r\"}",
                "{\"at\":\"2026-05-04T12:00Z\",\"direction\":\"INCOMING\",\"peer\":[],\"outcome\":\"MISSED\","
                        + "\"duration_ms\":0,\"relay\":\"r\"}",
                "{\"at\":1,\"direction\":\"INCOMING\",\"peer\":\"x\",\"outcome\":\"MISSED\",\"duration_ms\":\"x\"}",
            })
    void shouldSkipAndCountDamagedLines(String damaged) throws IOException {
        history.add(answered("ben"));
        Files.writeString(history.file(), damaged + "\n", StandardOpenOption.APPEND);
        history.add(missed("cleo"));

        CallHistory.Contents contents = history.read(10, any -> true);

        assertThat(contents.calls()).containsExactly(missed("cleo"), answered("ben"));
        assertThat(contents.damagedLines()).isEqualTo(1);
    }

    @Test
    void shouldSkipLinesThatAreTooDeepOrTooLong() throws IOException {
        history.add(answered("ben"));
        Files.writeString(
                history.file(),
                "[".repeat(4_000) + "\n" + "{\"seen\":\"" + "x".repeat(1_000_000) + "\"}\n",
                StandardOpenOption.APPEND);

        assertThat(history.read(10, any -> true).damagedLines()).isEqualTo(2);
    }

    @Test
    void shouldStartANewLineAfterOneThatIsNotComplete() throws IOException {
        history.add(answered("ben"));
        Files.writeString(history.file(), "{\"at\":\"2026", StandardOpenOption.APPEND);
        history.add(missed("cleo"));

        assertThat(all()).containsExactly(missed("cleo"), answered("ben"));
    }

    @Test
    void shouldReadWhatANewerVersionWrote() throws IOException {
        history.add(answered("ben"));
        Files.writeString(
                history.file(),
                Files.readString(history.file())
                        .replace("PEER_LEFT", "BORED")
                        .replace("\"verified\"", "\"mood\":{\"good\":[1]},\"verified\""));

        assertThat(all()).hasSize(1);
        assertThat(all().get(0).reason()).isNull();
    }

    @Test
    void shouldForgetMissedCallsThatWereSeen() throws IOException {
        history.add(missed("anna"));
        history.addSeen(NOON);
        history.add(missed("ben"));
        history.add(answered("cleo"));
        history.add(missed("dora"));

        assertThat(history.unseenMissed(10)).containsExactly(missed("dora"), missed("ben"));
        assertThat(history.unseenMissed(1)).containsExactly(missed("dora"));
        assertThat(history.read(10, any -> true))
                .isEqualTo(new CallHistory.Contents(
                        List.of(missed("dora"), answered("cleo"), missed("ben"), missed("anna")), 0));
    }

    @Test
    void shouldDropTheOldestTenthAboveTenThousandCalls() throws IOException {
        history.add(answered("first"));
        String line = CallRecordJson.of(missed("x"));
        Files.write(
                history.file(), IntStream.range(0, 9_999).mapToObj(n -> line).toList(), StandardOpenOption.APPEND);
        assertThat(all()).hasSize(10_000).last().isEqualTo(answered("first"));

        history.add(answered("last"));

        assertThat(all()).hasSize(9_000).first().isEqualTo(answered("last"));
        assertThat(all()).doesNotContain(answered("first"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldStayBelowFiveMegabytes() throws IOException {
        history.add(answered("first"));
        String line = CallRecordJson.of(missed("x".repeat(2_000)));
        Files.write(
                history.file(),
                IntStream.range(0, CallHistory.MAX_BYTES / line.length())
                        .mapToObj(n -> line)
                        .toList(),
                StandardOpenOption.APPEND);

        history.add(answered("last"));

        assertThat(Files.size(history.file())).isBetween(4_000_000L, 4_500_000L);
        assertThat(all()).first().isEqualTo(answered("last"));
    }

    @Test
    void shouldLeaveAFileAloneThatIsFarTooLarge() throws IOException {
        history.add(answered("ben"));
        try (var file = Files.newByteChannel(history.file(), StandardOpenOption.WRITE)) {
            file.position(20_000_000).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }

        assertThatThrownBy(this::all).hasMessageContaining("larger than 10 MB");
        assertThatThrownBy(() -> history.add(answered("cleo"))).hasMessageContaining("larger than 10 MB");
    }

    /** Two writers, as two processes have them, while the file is replaced again and again. */
    @Test
    void shouldLoseNothingOfTwoWriters() throws Exception {
        history.add(answered("old"));
        String line = CallRecordJson.of(answered("old"));
        Files.write(
                history.file(), IntStream.range(0, 9_950).mapToObj(n -> line).toList(), StandardOpenOption.APPEND);
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = IntStream.range(0, 2)
                .mapToObj(writer -> new Thread(() -> {
                    CallHistory mine = new CallHistory(history.file());
                    for (int n = 0; n < 100; n++) {
                        try {
                            mine.add(missed(writer + "-" + n));
                        } catch (IOException failed) {
                            failures.add(failed);
                        }
                    }
                }))
                .toList();

        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(failures).isEmpty();
        assertThat(history.read(Integer.MAX_VALUE, CallRecord::isMissed).calls())
                .extracting(CallRecord::peer)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(n -> n / 100 + "-" + n % 100)
                        .toList());
    }
}
