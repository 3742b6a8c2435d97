package voiptui.cli;

/** Where the Java machine enters. */
public final class Main {

    private Main() {}

    /** Executes the command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(VoiptuiCommand.commandLine().execute(args));
    }
}
