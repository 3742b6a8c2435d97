package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperlinkTest {

    @Test
    void shouldFindWebAddressesInAText() {
        assertThat(urlsIn("see https://example.org/a?b=c#d and http://[2001:db8::1]:8080/ now"))
                .containsExactly("https://example.org/a?b=c#d", "http://[2001:db8::1]:8080/");
    }

    @Test
    void shouldLeaveOutWhatClosesTheSentence() {
        assertThat(urlsIn("(https://example.org/a), or \"http://example.org\"!"))
                .containsExactly("https://example.org/a", "http://example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "ftp://example.org/",
                "data:text/html,x",
                "xhttps://example.org",
                "https://",
                "https:///path",
                "https://user@example.org/",
                "https://bank.example:443@evil.example/",
                "https://ex\u0430mple.org/",
                "https://example.org/\u202egpj.exe",
                "https://example.org/\u001b\\\u001b]8;;https://evil.example",
                "https://example.org/\u0007",
                "https://example.org/\u009c",
                "https://example.org\\evil.example",
                "https://-example.org/",
            })
    void shouldMakeNoLinkOfWhatIsNoSafeWebAddress(String text) {
        assertThat(urlsIn("a " + text + " b")).isEmpty();
    }

    @Test
    void shouldMakeNoLinkOfAnAddressThatIsTooLong() {
        String longest = "https://example.org/" + "a".repeat(Hyperlink.MAX_CHARACTERS - 20);

        assertThat(urlsIn(longest)).containsExactly(longest);
        assertThat(urlsIn(longest + "a")).isEmpty();
    }

    @Test
    void shouldNotBeMadeOfWhatWasNotChecked() {
        assertThatThrownBy(() -> new Hyperlink("https://example.org/\033\\", "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hyperlink("https://example.org/", "a;b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeginAndEndInTheTerminal() {
        assertThat(new Hyperlink("https://example.org/;a:b", "k1-0").begin())
                .isEqualTo("\033]8;id=k1-0;https://example.org/;a:b\033\\");
        assertThat(Hyperlink.end()).isEqualTo("\033]8;;\033\\");
    }

    private static List<String> urlsIn(String text) {
        return Hyperlink.in(text, "x").stream().map(place -> place.link().url()).toList();
    }
}
