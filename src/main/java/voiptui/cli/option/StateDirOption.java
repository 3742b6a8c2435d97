package voiptui.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import voiptui.report.LogFile;

/** The option {@code --state-dir} of commands about a relay. */
public final class StateDirOption {

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "The relay's folder: its identity, names and blocks. " + "Default: $XDG_STATE_HOME/voiptui/relay.")
    private @Nullable Path stateDir;

    /** Returns the directory. */
    public Path path() {
        return stateDir == null ? LogFile.folder(System.getenv()).resolve("relay") : stateDir;
    }
}
