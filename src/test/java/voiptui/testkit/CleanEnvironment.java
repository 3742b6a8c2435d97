package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment of the programs that tests start: the same on every machine. It has a home of its own, an English UTF-8
 * locale, and nothing that steers Java, the sound server, the terminal or voiptui itself. The time zone stays.
 *
 * <p>Any thread.
 */
public final class CleanEnvironment {

    private static final Pattern STEERING = Pattern.compile("XDG_.*|PULSE_.*|PIPEWIRE_.*|ALSA_.*|AUDIODEV|SDL_.*"
            + "|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|VOIPTUI_.*|NO_COLOR|CLICOLOR.*|COLORTERM|COLUMNS|LINES"
            + "|TMUX.*|LANG|LANGUAGE|LC_.*|DBUS_.*|DISPLAY|WAYLAND_DISPLAY|BASH_ENV|ENV|PROMPT_COMMAND|PS1|GREP_.*");

    private static final Path HOME = makeHome();

    private CleanEnvironment() {}

    private static Path makeHome() {
        try {
            return TemporaryFolder.untilExit("voiptui-home");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Cleans the environment of {@code builder}, then adds {@code own}. Returns {@code builder}. */
    public static ProcessBuilder apply(ProcessBuilder builder, Map<String, String> own) {
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> STEERING.matcher(name).matches());
        environment.put("HOME", HOME.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(own);
        return builder;
    }
}
