package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
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
}
