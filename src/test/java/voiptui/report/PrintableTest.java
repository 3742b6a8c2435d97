package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "USB Headset (hw:1,0) ~", "Küche, Größe 3 €", "Наушники", "耳机", "ヘッドセット", "─│▁▂█", "שלום"})
    void shouldLeaveWhatPeopleWrite(String text) {
        assertThat(Printable.of(text)).isEqualTo(text);
    }

    @Test
    void shouldPutASpaceWhereSomethingWouldSteerTheTerminalOrEndTheLine() {
        StringBuilder controls = new StringBuilder("\u007f\u2028\u2029");
        for (char control = 0; control < 0x20; control++) {
            controls.append(control).append((char) (control + 0x80));
        }

        assertThat(Printable.of(controls.toString()))
                .hasSize(controls.length())
                .isBlank()
                .containsOnlyOnce(" ".repeat(controls.length()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x061C, 0x200B,
                0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x034F, 0xFE0F, 0x3164, 0xFFA0, 0xD800, 0xDFFF
            })
    void shouldShowThatThereIsSomethingThatCannotBeSeen(int codeUnit) {
        assertThat(Printable.of("a" + (char) codeUnit + "b")).isEqualTo("a?b");
    }

    @Test
    void shouldShowOneReplacementForACharacterOutsideTheBasicPlane() {
        assertThat(Printable.of("call \uD83C\uDFA4 me")).isEqualTo("call ? me");
    }

    @Test
    void shouldJoinAccentsWithTheirLetterAndLimitThem() {
        assertThat(Printable.of("u\u0308")).isEqualTo("ü");
        assertThat(Printable.of("x" + "\u0301".repeat(50))).isEqualTo("x\u0301\u0301" + "?".repeat(48));
    }

    @Test
    void shouldShowAStackTraceLineByLine() {
        List<String> lines =
                Printable.linesOf(new IllegalStateException("a\033[2Jb", new IllegalStateException("\u009b")));

        assertThat(lines)
                .contains("java.lang.IllegalStateException: a [2Jb", "Caused by: java.lang.IllegalStateException:  ");
        assertThat(lines.get(1)).startsWith("    at voiptui.report.PrintableTest");
    }

    @Test
    void shouldTreatNullAsAnEmptyText() {
        assertThat(Printable.of(null)).isEmpty();
    }
}
