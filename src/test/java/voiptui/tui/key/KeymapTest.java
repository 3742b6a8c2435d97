package voiptui.tui.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys can be chosen, and what they do then. */
class KeymapTest {

    private static KeyStroke key(char character) {
        return new KeyStroke(character, false, false);
    }

    @Test
    void shouldHaveNoConflictByDefault() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>();
        Keymap.labels().forEach(label -> defaults.put(label, Keymap.defaultKey(label)));

        assertThat(Keymap.of(defaults).shown(CallAction.MUTE)).isEqualTo("m");
    }

    @Test
    void shouldMoveAnActionToItsKey() throws Exception {
        Keymap keys = Keymap.of(Map.of("mute", "x"));

        assertThat(keys.find(CallAction.class, key('x'))).isEqualTo(CallAction.MUTE);
        assertThat(keys.find(CallAction.class, key('m'))).isNull();
        assertThat(keys.shown(CallAction.MUTE)).isEqualTo("x");
    }

    @Test
    void shouldMoveAnActionOnEachScreenThatHasIt() throws Exception {
        Keymap keys = Keymap.of(Map.of("quit", "F10", "volume-up", "u"));

        assertThat(keys.find(CallAction.class, new KeyStroke(KeyType.F10))).isEqualTo(CallAction.QUIT);
        assertThat(keys.find(PhoneAction.class, new KeyStroke(KeyType.F10))).isEqualTo(PhoneAction.QUIT);
        assertThat(keys.find(TopAction.class, new KeyStroke(KeyType.F10))).isEqualTo(TopAction.STOP);
        assertThat(keys.find(CallAction.class, key('='))).as("all keys of it").isNull();
    }

    @ParameterizedTest
    @CsvSource({"x, x", "Space, Space", "SPACE, Space", "f5, F5", "ctrl+x, Ctrl+X", "é, é", "X, X", "';', ';'"})
    void shouldTakeKeysAsPeopleWriteThem(String written, String shown) throws Exception {
        assertThat(Keymap.of(Map.of("record", written, "talk", "F12")).shown(CallAction.RECORD))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "xx", "F13", "Ctrl+C", "Ctrl+Z", "Ctrl+1", "Ctrl+", "Esc", "\u202e", "\033", "漢", "😀"})
    void shouldRefuseWhatIsNoKeyToChoose(String written) {
        assertThat(problem(Map.of("mute", written))).startsWith("mute: unknown key '" + written + "'; use ");
    }

    @Test
    void shouldRefuseAKeyThatAnotherActionOfTheScreenHas() {
        assertThat(problem(Map.of("mute", "q"))).isEqualTo("mute: q is the key of both mute and quit: change one");
        assertThat(problem(Map.of("mute", "=")))
                .as("the second one of volume-up")
                .isEqualTo("mute: = is the key of both mute and volume-up: change one");
        assertThat(problem(Map.of("answer", "q")))
                .isEqualTo("answer: q is the key of both answer and quit: change one");
        assertThat(problem(Map.of("dial", "j")))
                .isEqualTo("dial: j cannot be the key of dial, since it has another meaning there");
        assertThat(problem(Map.of("answer", "y")))
                .as("y answers somebody whose fingerprint has changed")
                .isEqualTo("answer: y cannot be the key of answer, since it has another meaning there");
    }

    @Test
    void shouldExchangeKeys() throws Exception {
        Keymap keys = Keymap.of(Map.of("mute", "h", "hold", "m"));

        assertThat(keys.find(CallAction.class, key('h'))).isEqualTo(CallAction.MUTE);
        assertThat(keys.find(CallAction.class, key('m'))).isEqualTo(CallAction.HOLD);
    }

    @Test
    void shouldShowTheKeysInForceInTheHelp() throws Exception {
        Keymap keys = Keymap.of(Map.of("volume-down", "F3", "log", "L"));

        assertThat(keys.help(
                        List.of(CallAction.VOLUME_UP, CallAction.VOLUME_DOWN, CallAction.LOG, CallAction.STATISTICS)))
                .containsExactly(
                        new String[] {"+  F3", "speaker volume up, down"},
                        new String[] {"L  s", "show the log at full height; statistics"});
    }

    private static String problem(Map<String, String> chosen) {
        Keymap.UnusableKeyException refused =
                catchThrowableOfType(Keymap.UnusableKeyException.class, () -> Keymap.of(chosen));
        return refused.label() + ": " + refused.getMessage();
    }
}
