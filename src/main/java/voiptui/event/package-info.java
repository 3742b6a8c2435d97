/**
 * Events (what happened), commands (what the user asked for), counters (how often), and the bus that carries events from
 * the threads that observe them to the threads that display or log them.
 *
 * <p>Imports {@code time} only.
 */
@NullMarked
package voiptui.event;

import org.jspecify.annotations.NullMarked;
