package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.doctor.Finding;
import voiptui.doctor.SpeechPrompt;

class FindingPrinterTest {

    private static final Finding WARNING = new Finding(
            "UDP",
            Finding.Verdict.WARNING,
            "no answer from UDP port 9999: calls go through the TLS connection; expect stutter",
            "allow UDP port 9999 of the relay in the firewalls on both sides, and on the router between them",
            Finding.Trouble.DEGRADED);

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);

    private List<String> lines() {
        return text.toString().lines().toList();
    }

    @Test
    void shouldPrintOneLineForScripts() {
        FindingPrinter printer = FindingPrinter.ofScript(out);
        printer.print(WARNING);
        printer.printAdvice(WARNING);

        assertThat(lines())
                .containsExactly(
                        "warning  UDP          no answer from UDP port 9999: calls go through the TLS connection;"
                                + " expect stutter",
                        "  UDP: allow UDP port 9999 of the relay in the firewalls on both sides, and on the router"
                                + " between them");
        assertThat(printer.prompt()).isEmpty();
    }

    @Test
    void shouldBreakLinesBetweenWordsOnATerminal() {
        FindingPrinter printer = FindingPrinter.ofTerminal(out, Map.of("TERM", "dumb"), 60);
        printer.print(WARNING);
        printer.printAdvice(WARNING);

        assertThat(lines())
                .containsExactly(
                        "warning  UDP          no answer from UDP port 9999: calls go",
                        "                      through the TLS connection; expect",
                        "                      stutter",
                        "  UDP: allow UDP port 9999 of the relay in the firewalls on",
                        "       both sides, and on the router between them");
    }

    @ParameterizedTest
    @CsvSource({"xterm-256color, '', true", "xterm-256color, 1, false", "dumb, '', false", "'', '', false"})
    void shouldUseColoursWhereTheyAreWanted(String term, String noColor, boolean coloured) {
        FindingPrinter.ofTerminal(out, Map.of("TERM", term, "NO_COLOR", noColor), 120)
                .print(WARNING);

        assertThat(lines().get(0)).startsWith(coloured ? "\033[33mwarning \033[0m UDP " : "warning  UDP ");
    }

    @Test
    void shouldShowAMeterWhileTheUserSpeaks() {
        SpeechPrompt prompt = FindingPrinter.ofTerminal(out, Map.of("TERM", "xterm"), 80)
                .prompt()
                .orElseThrow();
        prompt.ask();
        prompt.level(-96);
        prompt.level(-30);
        prompt.level(0);
        prompt.done();

        assertThat(text.toString().split("\r\033\\[K", -1))
                .containsExactly(
                        "Say a few words: ",
                        "Say a few words: " + ".".repeat(30),
                        "Say a few words: " + "#".repeat(15) + ".".repeat(15),
                        "Say a few words: " + "#".repeat(30),
                        "");
    }

    @Test
    void shouldOnlyAskOnADumbTerminal() {
        SpeechPrompt prompt = FindingPrinter.ofTerminal(out, Map.of("TERM", "dumb"), 80)
                .prompt()
                .orElseThrow();
        prompt.ask();
        prompt.level(-30);
        prompt.done();

        assertThat(lines()).containsExactly("Say a few words: ");
    }
}
