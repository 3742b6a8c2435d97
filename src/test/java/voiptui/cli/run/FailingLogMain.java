package voiptui.cli.run;

import java.io.PrintStream;
import voiptui.cli.Main;

/** Runs the program with a standard error stream that kills the thread of the relay's log at the second line. */
public final class FailingLogMain {

    private FailingLogMain() {}

    /** Runs it with the program's arguments. */
    public static void main(String[] args) {
        System.setErr(new FailingStream(System.err));
        Main.main(args);
    }

    private static final class FailingStream extends PrintStream {

        private int logged;

        FailingStream(PrintStream err) {
            super(err, true);
        }

        @Override
        public void println(String line) {
            if (Thread.currentThread().getName().equals("relay-log") && ++logged > 1) {
                throw new InternalError("thrown by a test");
            }
            super.println(line);
        }
    }
}
