package voiptui.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import voiptui.cli.config.Configuration;
import voiptui.cli.exit.CommandFailure;

/**
 * Runs the command unless the configuration file is wrong; help needs no configuration.
 *
 * @param configuration has been asked for all values of the command
 */
record ConfiguredExecution(Configuration configuration) implements IExecutionStrategy {

    @Override
    public int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        try {
            configuration.check();
        } catch (CommandFailure wrong) {
            throw new ExecutionException(commands.get(commands.size() - 1), wrong.getMessage(), wrong);
        }
        return new RunLast().execute(parsed);
    }
}
