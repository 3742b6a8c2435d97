/**
 * Formats events as lines: texts for users and JSON Lines for scripts.
 *
 * <p>{@link voiptui.report.EventLines} subscribes to the bus and runs one printer on a thread of its own; the {@code …Text}
 * classes are immutable. Imports {@code event}.
 */
@NullMarked
package voiptui.report;

import org.jspecify.annotations.NullMarked;
