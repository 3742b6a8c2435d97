package voiptui.cli.option;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks the options of a command; a failed check ends the command with a message of one line and exit status 2.
 *
 * @param spec the command
 */
public record Usage(CommandSpec spec) {

    /** Ends the command with the message {@code problem} unless {@code holds}. */
    public void check(boolean holds, String problem) {
        if (!holds) {
            throw failure(problem);
        }
    }

    /** Returns what ends the command with the message {@code problem} when it is thrown. */
    public ParameterException failure(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** Returns whether an option is on the command line, rather than in the configuration. */
    public boolean isTyped(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Parses the value of an option; the parser throws {@link IllegalArgumentException} with a message for the user. */
    public <T> T parse(String option, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException nonsense) {
            throw new ParameterException(spec.commandLine(), option + ": " + nonsense.getMessage());
        }
    }
}
