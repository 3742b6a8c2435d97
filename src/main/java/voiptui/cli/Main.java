package voiptui.cli;

import voiptui.cli.run.ProcessSignals;

/** The entry point of the program. */
public final class Main {

    private Main() {}

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        ScreenPreload.startFor(args);
        ProcessSignals.ignoreUserSignals();
        // The library for voice processing prints to standard output while the process exits; this redirects it to
        // /dev/null.
        Runtime.getRuntime().addShutdownHook(new Thread(System.out::close, "voiptui-exit"));
        System.exit(VoiptuiCommand.commandLine(System.getenv(), args).execute(args));
    }
}
