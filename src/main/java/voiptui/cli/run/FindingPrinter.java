package voiptui.cli.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voiptui.doctor.Finding;
import voiptui.doctor.SpeechPrompt;
import voiptui.report.Printable;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.TerminalSize;
import voiptui.tui.widget.WrappedText;

/**
 * Prints findings for people: one line each for scripts; on a terminal in colours, and broken between words. Used by one thread.
 */
public final class FindingPrinter {

    /** Where the text of a finding begins. */
    private static final int INDENT = 22;
    /** A terminal narrower than this breaks the lines itself. */
    private static final int LEAST_COLUMNS = 40;

    private static final int METER_CELLS = 30;
    private static final double METER_FLOOR_DBFS = -60;

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean cursor;
    private final boolean colours;
    private final int columns;

    private FindingPrinter(PrintWriter out, boolean terminal, Map<String, String> environment, int columns) {
        this.out = out;
        this.terminal = terminal;
        String term = environment.getOrDefault("TERM", "");
        this.cursor = terminal && !term.isEmpty() && !term.equals("dumb");
        this.colours = cursor && ColorDepth.of(environment) != ColorDepth.NONE;
        this.columns = columns;
    }

    /** Returns what prints to standard output, which may be a terminal. */
    public static FindingPrinter ofProcess(PrintWriter out) {
        return FullScreen.isTerminal()
                ? ofTerminal(out, System.getenv(), TerminalSize.columns())
                : new FindingPrinter(out, false, Map.of(), 0);
    }

    static FindingPrinter ofScript(PrintWriter out) {
        return new FindingPrinter(out, false, Map.of(), 0);
    }

    static FindingPrinter ofTerminal(PrintWriter out, Map<String, String> environment, int columns) {
        return new FindingPrinter(out, true, environment, columns);
    }

    /** Prints a finding. */
    public void print(Finding finding) {
        String sign = String.format("%-8s", signOf(finding.verdict()));
        String lead = colours ? "\033[" + colourOf(finding.verdict()) + "m" + sign + "\033[0m" : sign;
        printWrapped(lead + String.format(" %-12s ", finding.check()), INDENT, Printable.of(finding.text()));
    }

    /** Prints what to do about a finding. */
    public void printAdvice(Finding finding) {
        String lead = "  " + finding.check() + ": ";
        printWrapped(lead, lead.length(), Printable.of(finding.advice()));
    }

    /** Prints a text after {@code lead}, which takes {@code indent} columns, and indents its further lines. */
    private void printWrapped(String lead, int indent, String text) {
        boolean wraps = terminal && columns >= LEAST_COLUMNS;
        List<String> rows = wraps ? WrappedText.lines(text, columns - indent) : List.of(text);
        out.println(lead + rows.get(0));
        rows.stream().skip(1).forEach(row -> out.println(" ".repeat(indent) + row));
    }

    private static String signOf(Finding.Verdict verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case WARNING -> "warning";
            case FAILURE -> "FAILED";
        };
    }

    /** Returns the colour of a verdict (ECMA-48, 8.3.117). */
    private static int colourOf(Finding.Verdict verdict) {
        return switch (verdict) {
            case OK -> 32;
            case WARNING -> 33;
            case FAILURE -> 31;
        };
    }

    /** Returns what asks the user to speak; empty: nobody is there. */
    public Optional<SpeechPrompt> prompt() {
        return terminal ? Optional.of(new Meter()) : Optional.empty();
    }

    /** Asks on a line of its own, which shows the level and disappears. */
    private final class Meter implements SpeechPrompt {

        private static final String QUESTION = "Say a few words: ";
        private static final String ERASE_LINE = "\r\033[K";

        @Override
        public void ask() {
            out.print(QUESTION);
            if (!cursor) {
                out.println();
            }
            out.flush();
        }

        @Override
        public void level(double peakDbfs) {
            if (cursor) {
                double fraction = Math.min(1, Math.max(0, 1 - peakDbfs / METER_FLOOR_DBFS));
                int cells = (int) Math.round(fraction * METER_CELLS);
                out.print(ERASE_LINE + QUESTION + "#".repeat(cells) + ".".repeat(METER_CELLS - cells));
                out.flush();
            }
        }

        @Override
        public void done() {
            if (cursor) {
                out.print(ERASE_LINE);
                out.flush();
            }
        }
    }
}
