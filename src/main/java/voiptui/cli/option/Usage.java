package voiptui.cli.option;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks a command's options against each other and the world; what does not hold is wrong usage, in one line.
 *
 * @param spec the command
 */
public record Usage(CommandSpec spec) {

    /** Goes on if {@code holds}, and otherwise says {@code problem}. */
    public void check(boolean holds, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /** Reads an option's value with a parser that throws {@link IllegalArgumentException} with words for the user. */
    public <T> T parse(String option, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException nonsense) {
            throw new ParameterException(spec.commandLine(), option + ": " + nonsense.getMessage());
        }
    }
}
