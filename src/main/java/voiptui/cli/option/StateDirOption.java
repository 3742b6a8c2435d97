package voiptui.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voiptui.files.BaseDirectory;

/** The option {@code --state-dir} of commands about a relay. */
public final class StateDirOption {

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "The relay's folder: its identity, names and blocks. " + "Default: $XDG_STATE_HOME/voiptui/relay.")
    private @Nullable Path stateDir;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the directory. */
    public Path path() {
        if (stateDir != null) {
            return stateDir;
        }
        try {
            return BaseDirectory.STATE.folder(System.getenv()).resolve("relay");
        } catch (IOException noHome) {
            throw new ParameterException(spec.commandLine(), noHome.getMessage() + ", or use --state-dir");
        }
    }
}
