/**
 * Time as a parameter, and the arithmetic of counters that wrap.
 *
 * <p>Imports nothing of ours. Everything that measures or waits takes a {@link voiptui.time.NanoClock}, so that a test
 * can stand in for time itself.
 */
@NullMarked
package voiptui.time;

import org.jspecify.annotations.NullMarked;
