package voiptui.cli.exit;

import voiptui.call.CallSetupException;

/** Thrown when a command cannot continue: one line for the user and the exit status. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String line;
    private final boolean isOption;

    /**
     * Creates the exception.
     *
     * @param exitCode one of {@link ExitCode}
     * @param line what is wrong, then what to do
     */
    public CommandFailure(int exitCode, String line) {
        this(exitCode, line, false);
    }

    private CommandFailure(int exitCode, String line, boolean isOption) {
        super(line);
        this.line = line;
        this.exitCode = exitCode;
        this.isOption = isOption;
    }

    /**
     * Returns the failure of a command that was given a wrong option; its exit status is {@link ExitCode#USAGE}.
     *
     * @param line the option, what is wrong with it, then what to do
     */
    public static CommandFailure ofOption(String line) {
        return new CommandFailure(ExitCode.USAGE, line, true);
    }

    /** Returns the command failure that kept a call from being set up. */
    public static CommandFailure of(CallSetupException problem) {
        return problem.getCause() instanceof CommandFailure failure ? failure : of(ExitCode.FAILED, problem);
    }

    /** Returns a failure with the text of its cause. */
    public static CommandFailure of(int exitCode, Exception cause) {
        return new CommandFailure(exitCode, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    /** Returns what is wrong, then what to do. */
    @Override
    public String getMessage() {
        return line;
    }

    /** Returns whether an option is wrong, so that the help helps. */
    public boolean isOption() {
        return isOption;
    }

    /** Returns the exit status, one of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
