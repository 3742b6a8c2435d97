package voiptui.cli.run;

import java.io.Console;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Fingerprint;
import voiptui.session.RelayProbe;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/**
 * Asks at a terminal whether a relay that is not known yet is the right one, as ssh does, before anything is said to it.
 *
 * <p>Nobody is asked about a relay that is known, or by whom {@code --accept-new} says that it may be trusted, or without a
 * terminal: the line refuses it then, and says why.
 */
public final class TrustQuestion {

    private TrustQuestion() {}

    /**
     * Asks, if there is something to ask and somebody to answer, and remembers the relay if it is trusted.
     *
     * @throws CommandFailure when the user says no, or what is known cannot be read or written
     */
    public static void ask(SessionConfig config) throws CommandFailure {
        Console console = FullScreen.isTerminal() ? System.console() : null;
        if (console != null && !config.acceptNew()) {
            ask(
                    config,
                    question -> console.readLine("%s", question),
                    () -> RelayProbe.look(
                            config.relay(), config.bind(), config.timeoutMs(), config.identity(), NanoClock.SYSTEM));
        }
    }

    /**
     * As above; {@code answers} shows a question and reads a line, {@code null} at the end of the input. {@code look} takes its
     * time, and is taken only at a relay that is not known: who calls through the one they know does not wait for it.
     */
    public static void ask(SessionConfig config, Function<String, String> answers, Supplier<RelayProbe.Finding> look)
            throws CommandFailure {
        try {
            if (config.knownRelays().find(config.relayName()).isEmpty()
                    && look.get() instanceof RelayProbe.Finding.Secure secure) {
                if (!isRightOne(config.relayName(), secure.fingerprint(), answers)) {
                    throw new CommandFailure(ExitCode.REFUSED, "not connected: the relay is not trusted");
                }
                config.knownRelays().add(config.relayName(), secure.fingerprint());
            }
        } catch (IOException unusable) {
            throw new CommandFailure(ExitCode.FAILED, unusable.getMessage());
        }
    }

    private static boolean isRightOne(String relay, Fingerprint fingerprint, Function<String, String> answers) {
        String question = "The relay " + relay + " is not known yet. It shows this certificate:\n  " + fingerprint
                + "\nIs it the right one? (yes/no) ";
        while (true) {
            String answer = answers.apply(question);
            switch (answer == null ? "no" : answer.strip().toLowerCase(Locale.ROOT)) {
                case "yes", "y" -> {
                    return true;
                }
                case "no", "n" -> {
                    return false;
                }
                default -> question = "Please answer yes or no: ";
            }
        }
    }
}
