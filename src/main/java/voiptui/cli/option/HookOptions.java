package voiptui.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about commands to run during a call. */
public final class HookOptions {

    @Option(
            names = "--on-answer",
            paramLabel = "COMMAND",
            description = "Run this command of the shell when a call is answered, with VOIPTUI_PEER and others in its"
                    + " environment.")
    private @Nullable String onAnswer;

    @Option(
            names = "--on-end",
            paramLabel = "COMMAND",
            description = "Run this command of the shell when a call has ended, answered or not.")
    private @Nullable String onEnd;

    /** Returns the command to run when a call is answered; null: none. */
    public @Nullable String onAnswer() {
        return onAnswer;
    }

    /** Returns the command to run when a call has ended; null: none. */
    public @Nullable String onEnd() {
        return onEnd;
    }
}
