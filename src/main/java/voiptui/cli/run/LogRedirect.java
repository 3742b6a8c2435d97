package voiptui.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.report.Printable;
import voiptui.report.log.LogFile;

/**
 * Sends standard output and standard error to a log file while a full screen owns the terminal: what libraries print goes to
 * the log. Closing it restores both streams.
 */
final class LogRedirect implements AutoCloseable {

    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    /** Null: the file cannot be written, and the log is discarded. */
    private final @Nullable LogFile file;

    private final PrintStream lines;

    private LogRedirect(@Nullable LogFile file) {
        this.file = file;
        this.lines = file == null
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : file.lines();
        System.setOut(lines);
        System.setErr(lines);
    }

    /** Redirects both streams to the log file {@code name}, or discards them if it cannot be written. */
    static LogRedirect to(String name, Map<String, String> environment) {
        try {
            return new LogRedirect(LogFile.open(name, environment));
        } catch (IOException notWritable) {
            return new LogRedirect(null);
        }
    }

    /** Returns the stream that writes to the log. */
    PrintStream lines() {
        return lines;
    }

    /** Returns the path of the log file for the user; empty: there is none. */
    String path() {
        return file == null ? "" : file.path().toString();
    }

    /** Returns the hint to add to a bug report: where the log is, or an empty string. */
    String reportHint() {
        return file == null ? "" : " with " + Printable.of(file.path().toString());
    }

    /** Returns the original standard output. */
    PrintStream standardOut() {
        return standardOut;
    }

    /** Returns the original standard error. */
    PrintStream standardErr() {
        return standardErr;
    }

    /** Restores standard output and standard error, and closes the log file. */
    @Override
    public void close() {
        System.setOut(standardOut);
        System.setErr(standardErr);
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException notWritten) {
            // the end of the log is lost; the command itself has succeeded or failed already
        }
    }
}
