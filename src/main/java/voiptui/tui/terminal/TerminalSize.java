package voiptui.tui.terminal;

import java.io.IOException;

/** The size of the terminal on standard input, for programs that print lines. Stateless; any thread. */
public final class TerminalSize {

    private static final int USUAL_COLUMNS = 80;

    private TerminalSize() {}

    /** Returns the columns, or 80 if there is no telling. Runs {@code stty}(1). */
    public static int columns() {
        try {
            return Tty.currentSize()[0];
        } catch (IOException noTerminal) {
            return USUAL_COLUMNS;
        }
    }
}
