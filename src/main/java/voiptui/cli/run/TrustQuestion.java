package voiptui.cli.run;

import java.io.Console;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Fingerprint;
import voiptui.report.Printable;
import voiptui.session.RelayChoice;
import voiptui.session.RelayProbe;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/**
 * Asks on the terminal whether to trust an unknown relay, as ssh does, before anything is sent to it.
 *
 * <p>Does not ask if the relay is known, if {@code --accept-new} is given, or if there is no terminal; in the last case the
 * session refuses an unknown relay and says why. Nor does it ask about a relay that is reached through {@code ssh}: then {@code
 * ssh} asks what it has to ask, see {@link SshSignIn}.
 */
public final class TrustQuestion {

    private TrustQuestion() {}

    /**
     * Asks if necessary, and saves the fingerprint of a trusted relay.
     *
     * @throws CommandFailure when the user says no, the known relays cannot be read or written, or {@code ssh} fails
     */
    public static void ask(SessionConfig config) throws CommandFailure {
        Console console = FullScreen.isTerminal() ? System.console() : null;
        if (config.endpoint().ssh() != null) {
            if (console != null) {
                SshSignIn.connect(config, config.endpoint().ssh());
            }
            return;
        }
        if (console != null && !config.credentials().acceptNew()) {
            for (RelayChoice.Relay relay : config.endpoint().choice().all()) {
                SessionConfig one = config.withRelay(relay);
                ask(one, question -> console.readLine("%s", question), () -> look(one));
            }
        }
    }

    private static RelayProbe.Finding look(SessionConfig config) {
        try {
            return RelayProbe.look(config, NanoClock.SYSTEM);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new RelayProbe.Finding.Unreachable("interrupted");
        }
    }

    /**
     * Asks if necessary, and saves the fingerprint of a trusted relay.
     *
     * @param prompt shows a question and reads a line; returns null at the end of the input
     * @param probe contacts the relay; used only if the relay is unknown, because it may block
     * @throws CommandFailure when the user says no, or the known relays cannot be read or written
     */
    static void ask(SessionConfig config, Function<String, @Nullable String> prompt, Supplier<RelayProbe.Finding> probe)
            throws CommandFailure {
        try {
            if (config.knownRelays().find(config.relayName()).isEmpty()
                    && probe.get() instanceof RelayProbe.Finding.Secure secure) {
                if (!isTrusted(config.relayName(), secure.fingerprint(), prompt)) {
                    throw new CommandFailure(ExitCode.REFUSED, "not connected: the relay is not trusted");
                }
                save(config, secure.fingerprint());
            }
        } catch (IOException unusable) {
            throw CommandFailure.of(ExitCode.FAILED, unusable);
        }
    }

    private static void save(SessionConfig config, Fingerprint fingerprint) throws CommandFailure {
        try {
            config.knownRelays().add(config.relayName(), fingerprint);
        } catch (IOException notWritten) {
            throw new CommandFailure(
                    ExitCode.FAILED, notWritten.getMessage() + "; to go on without saving it, use --accept-new");
        }
    }

    private static boolean isTrusted(String relay, Fingerprint fingerprint, Function<String, @Nullable String> prompt) {
        String question =
                "The relay " + Printable.of(relay) + " is not known yet. Its certificate has this fingerprint:\n  "
                        + fingerprint + "\nDo you trust it? (yes/no) ";
        while (true) {
            String answer = prompt.apply(question);
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
