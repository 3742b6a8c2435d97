package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.cli.VoiptuiCommand;
import voiptui.phone.AnonymousCallers;

/** What the options of a phone come to. */
class PhoneCommandTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "--no-ring,                             RING",
        "--auto-answer,                         RING",
        "--auto-answer --auto-answer-classic,   AS_OTHERS",
        "--no-classic,                          REJECTED",
        "--auto-answer --no-classic,            REJECTED",
    })
    void shouldAnswerClassicCallersOnlyWhenToldTo(String options, AnonymousCallers anonymous) {
        PhoneCommand command = (PhoneCommand) VoiptuiCommand.commandLine(Map.of())
                .parseArgs(("phone --server 192.0.2.1 " + options).split(" "))
                .subcommand()
                .commandSpec()
                .userObject();

        assertThat(command.anonymousCallers()).isEqualTo(anonymous);
    }
}
