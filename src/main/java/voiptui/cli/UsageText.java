package voiptui.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import voiptui.report.NearestWords;

/** Says what is wrong with a command line. */
final class UsageText {

    private UsageText() {}

    /**
     * Returns one line. A word that is not understood comes before something missing, because a mistyped option is missing, too.
     */
    static String of(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return ofUnknown(command, unmatched.getUnmatched());
        }
        if (problem instanceof MissingParameterException missing) {
            List<String> unknown = command.getUnmatchedArguments();
            if (!unknown.isEmpty()) {
                return ofUnknown(command, unknown);
            }
            if (missing.getMissing().stream().noneMatch(UsageText::isGivenWithoutValue)) {
                return ofMissing(missing.getMissing());
            }
        }
        return String.valueOf(problem.getMessage());
    }

    /** Whether an option was given and lacks its value, which picocli's message explains. */
    private static boolean isGivenWithoutValue(ArgSpec arg) {
        return !arg.required();
    }

    private static String ofUnknown(CommandLine command, List<String> words) {
        String first = words.get(0);
        if (first.length() > 1 && first.startsWith("-")) {
            String option = first.replaceFirst("=.*", "");
            return "unknown option '" + option + "'" + NearestWords.question(option, optionsOf(command));
        }
        return command.getSubcommands().isEmpty()
                ? "unexpected argument '" + first + "'"
                : "unknown command '" + first + "'" + NearestWords.question(first, commandsOf(command));
    }

    private static List<String> optionsOf(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> List.of(option.names()).stream())
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private static List<String> commandsOf(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(sub -> sub.getKey())
                .toList();
    }

    private static String ofMissing(List<ArgSpec> missing) {
        return missing.stream().map(UsageText::described).collect(Collectors.joining(" and ")) + " missing";
    }

    private static String described(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() + " " + arg.paramLabel() : arg.paramLabel();
    }
}
