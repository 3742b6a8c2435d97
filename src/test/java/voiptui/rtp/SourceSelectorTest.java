package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.time.NanoClock;

/**
 * In the tables, {@code a7@40} is packet 7 of source a, 40 ms after the start, and {@code bye-a@60} is its BYE. The
 * verdicts: {@code =} current, {@code !} changed, {@code x} foreign, {@code e} after the end; of BYE {@code !} and {@code -}.
 */
class SourceSelectorTest {

    private static final long MS = NanoClock.NS_PER_MS;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the first is taken,                   a1@0 a2@20 a3@40,                                    ! = =",
        "a stray changes nothing,              a1@0 b9@10 a2@20 a3@40,                              ! x = =",
        "strays out of sequence never do,      a1@0 b1@5 b3@6 b5@7 b7@8 b9@9 b11@10 b13@11,         ! x x x x x x x",
        "five in sequence are another,         a1@0 b1@20 b2@40 b3@60 b4@80 b5@100 b6@120,          ! x x x x ! =",
        "numbers of it may wrap,               a1@0 b65534@20 b65535@40 b0@60 b1@80 b2@100,         ! x x x x !",
        "the old one speaking on ends that,    a1@0 b1@5 b2@25 a2@26 b3@45 b4@65 b5@85 a3@86 b6@90, ! x x = x x x = x",
        "two others do not help each other,    a1@0 b1@5 c2@6 b2@7 c3@8 b3@9 c4@10 b4@11 b5@12,     ! x x x x x x x x",
        "silence makes room,                   a1@0 b9@499 b77@500 b78@520 a2@540,                  ! x ! = x",
        "BYE makes room at once,               a1@0 bye-a@10 b5@20 a2@30,                           ! ! ! e",
        "BYE of another is none,               a1@0 bye-b@10 a2@20,                                 ! - =",
        "what BYE overtook is dropped,         a1@0 bye-a@10 a2@209 a3@210,                         ! ! e !",
        "BYE again is none,                    a1@0 bye-a@10 bye-a@11 bye-a@12,                     ! ! - -",
        "BYE of nobody is none,                bye-a@0 a1@10,                                       - !",
    })
    void shouldSelectOneSourceAtATime(String what, String packets, String verdicts) {
        SourceSelector guard = new SourceSelector();
        StringBuilder said = new StringBuilder();
        long originNs = Long.MAX_VALUE - 50 * MS; // the clock wraps during the test
        for (String packet : packets.split(" +")) {
            String[] parts = packet.split("@");
            long atNs = originNs + Long.parseLong(parts[1]) * MS;
            if (parts[0].startsWith("bye-")) {
                said.append(guard.onBye(parts[0].charAt(4), atNs) ? "! " : "- ");
            } else {
                said.append(
                        switch (guard.onPacket(parts[0].charAt(0), Integer.parseInt(parts[0].substring(1)), atNs)) {
                            case CURRENT -> "= ";
                            case CHANGED -> "! ";
                            case FOREIGN -> "x ";
                            case AFTER_END -> "e ";
                        });
            }
        }
        assertThat(said.toString().strip()).as(what).isEqualTo(verdicts);
    }

    @Test
    void shouldReturnTheSelectedSource() {
        SourceSelector guard = new SourceSelector();
        assertThat(guard.isCurrent(0)).as("nobody yet, whatever the number").isFalse();
        guard.onPacket(0, 1, 0);
        assertThat(guard.isCurrent(0)).isTrue();
        assertThat(guard.isCurrent(1)).isFalse();
    }
}
