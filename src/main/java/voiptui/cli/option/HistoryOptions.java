package voiptui.cli.option;

import picocli.CommandLine.Option;

/** The option about the history. */
public final class HistoryOptions {

    @Option(names = "--no-history", fallbackValue = "true", description = "Do not keep calls in the history.")
    private boolean noHistory;

    /** Returns whether calls are kept. */
    public boolean isKept() {
        return !noHistory;
    }
}
