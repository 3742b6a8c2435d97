/**
 * Formats events as lines: texts for users, JSON Lines for scripts, and the relay's log.
 *
 * <p>{@link voiptui.report.EventLines} subscribes to the bus and runs one printer on a thread of its own; the {@code …Text}
 * classes are immutable. Imports {@code event} and
 * {@code files}.
 */
@NullMarked
package voiptui.report;

import org.jspecify.annotations.NullMarked;
