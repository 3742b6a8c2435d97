/**
 * What happened, as immutable facts; what the user asked for, as commands; how often, as counters; and the bus that
 * carries the facts from the threads that see them to the ones that show them.
 *
 * <p>Imports {@code time} only. Knows nothing of screens, sockets or sound.
 */
@NullMarked
package voiptui.event;

import org.jspecify.annotations.NullMarked;
