/**
 * Clock, retry delay, rate limit, packet time, and arithmetic of counters that wrap.
 *
 * <p>Imports no other package. Whatever measures or waits takes a {@link voiptui.time.NanoClock}, so that tests control
 * time.
 */
@NullMarked
package voiptui.time;

import org.jspecify.annotations.NullMarked;
