package voiptui.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;

/** {@code voiptui bench}: what is measured is a subcommand. */
@Command(
        name = "bench",
        description = "Measures what a relay carries.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BenchRelayCommand.class)
public final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Fails: the subcommand is missing. */
    @Override
    public Integer call() {
        throw new Usage(spec).failure("missing subcommand: voiptui bench relay");
    }
}
