package voiptui.tui.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFieldTest {

    @ParameterizedTest
    @CsvSource({
        "w, relay.example, 13, relay., 6",
        "w, relay., 6, '', 0",
        "w, anna-maria, 7, anna-ria, 5",
        "w, '', 0, '', 0",
        "u, anna-maria, 5, maria, 0",
        "k, anna-maria, 5, anna-, 5"
    })
    void shouldDeleteAsShellsDo(char letter, String text, int cursor, String expected, int expectedCursor) {
        TextField field = new TextField(text, cursor).with(new KeyStroke(letter, true, false));
        assertThat(field).isEqualTo(new TextField(expected, expectedCursor));
    }

    @Test
    void shouldEditTheLine() {
        TextField line = TextField.EMPTY;
        for (KeyStroke key : List.of(
                new KeyStroke('b', false, false),
                new KeyStroke('d', false, false),
                new KeyStroke(KeyType.ArrowLeft),
                new KeyStroke('c', false, false),
                new KeyStroke(KeyType.Home),
                new KeyStroke('a', false, false),
                new KeyStroke(KeyType.Delete),
                new KeyStroke(KeyType.End),
                new KeyStroke(KeyType.ArrowRight),
                new KeyStroke('e', false, false))) {
            line = line.with(key);
        }
        assertThat(line).isEqualTo(new TextField("acde", 4));
        assertThat(line.with(new KeyStroke('u', true, false))).isEqualTo(TextField.EMPTY);
        assertThat(line.with(new KeyStroke('a', true, false)).with(new KeyStroke('k', true, false)))
                .isEqualTo(TextField.EMPTY);
        assertThat(TextField.EMPTY.with(new KeyStroke(KeyType.Backspace))).isEqualTo(TextField.EMPTY);
        for (char odd : " \u001b\u0007ü\u202e".toCharArray()) {
            assertThat(line.with(new KeyStroke(odd, false, false))).isEqualTo(line);
        }
        for (int i = 0; i < 1000; i++) {
            line = line.with(new KeyStroke('x', false, false));
        }
        assertThat(line.text()).hasSize(TextField.MAX_LENGTH);
    }
}
