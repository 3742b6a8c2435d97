package voiptui.cli;

/** The entry point of the program. */
public final class Main {

    private Main() {}

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(VoiptuiCommand.commandLine().execute(args));
    }
}
