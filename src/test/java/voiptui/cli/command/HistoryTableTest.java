package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.event.CallOutcome;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;
import voiptui.history.CallRecord;
import voiptui.history.CallRecord.Direction;

class HistoryTableTest {

    private static CallRecord call(Direction direction, String peer, CallOutcome outcome, @Nullable EndReason reason) {
        return new CallRecord(
                OffsetDateTime.parse("2026-05-04T23:30:00+02:00"),
                direction,
                peer,
                null,
                outcome,
                reason,
                765_000,
                outcome == CallOutcome.ANSWERED ? Grade.POOR : null,
                Encryption.END_TO_END,
                true,
                "relay.example");
    }

    private static List<String> table(CallRecord... calls) {
        return new HistoryTable(ZoneOffset.ofHours(3)).lines(List.of(calls));
    }

    @Test
    void shouldShowWhoWhenAndHow() {
        assertThat(table(
                        call(Direction.INCOMING, "cleo", CallOutcome.MISSED, null),
                        call(Direction.OUTGOING, "ben", CallOutcome.ANSWERED, EndReason.QUIT),
                        call(Direction.OUTGOING, "workshop", CallOutcome.FAILED, EndReason.PEER_LOST)))
                .containsExactly(
                        "TIME                    WHO       OUTCOME                                     LENGTH    QUALITY  ENCRYPTION",
                        "2026-05-05 00:30  from  cleo      missed",
                        "2026-05-05 00:30  to    ben       answered                                    00:12:45  poor     encrypted end to end, verified",
                        "2026-05-05 00:30  to    workshop  failed: the other side lost its connection");
    }

    @Test
    void shouldPrintNothingThatControlsTheTerminal() {
        List<String> lines = table(call(Direction.INCOMING, "a\033[2Jb" + "c".repeat(500), CallOutcome.MISSED, null));

        assertThat(lines.get(1)).doesNotContain("\033").hasSizeLessThan(100);
    }
}
