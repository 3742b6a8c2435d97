/**
 * Logs: events as lines of a file or of the relay's standard output, in text or JSON, and the file itself.
 *
 * <p>Each printer is owned by the thread that prints. Imports {@code report}, {@code event} and {@code files}.
 */
@NullMarked
package voiptui.report.log;

import org.jspecify.annotations.NullMarked;
