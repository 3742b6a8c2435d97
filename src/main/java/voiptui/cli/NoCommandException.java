package voiptui.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Thrown when the command line names no command. */
final class NoCommandException extends ParameterException {

    private static final long serialVersionUID = 1L;

    NoCommandException(CommandLine commandLine) {
        super(commandLine, "no command given");
    }
}
