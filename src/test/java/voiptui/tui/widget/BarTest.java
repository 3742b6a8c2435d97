package voiptui.tui.widget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;

class BarTest {

    private static String chart(int width, int height, Glyphs glyphs, double... values) {
        History history = History.EMPTY;
        for (double value : values) {
            history = history.with(value);
        }
        History shown = history;
        return GoldenScreen.text(width, height, glyphs, canvas -> Bar.chart(canvas, shown, 100, value -> Style.GOOD));
    }

    @Test
    void shouldDrawTwoValuesInACellAndFourStepsInARow() {
        assertThat(chart(3, 3, Glyphs.UNICODE, 100, 100, 50, 0, 25).lines().map(String::stripTrailing))
                .containsExactly("\u28b8\u2847", "\u28b8\u28e7", "\u28b8\u28ff\u28f0");
    }

    @Test
    void shouldDrawBlocksWhereThereIsOneRowOrNoBraille() {
        assertThat(chart(3, 1, Glyphs.UNICODE, 100, 50).strip()).isEqualTo("\u2588\u2584");
        assertThat(chart(3, 3, Glyphs.ASCII, 100, 50).lines().map(String::stripTrailing))
                .containsExactly(" #", " #-", " ##");
    }
}
