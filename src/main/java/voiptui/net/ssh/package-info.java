/**
 * Connections through the system's {@code ssh}: the host as a user types it, the process that carries the bytes, and the
 * name that its configuration stands for.
 *
 * <p>Imports {@code net} only. Knows bytes, not their meaning.
 */
@NullMarked
package voiptui.net.ssh;

import org.jspecify.annotations.NullMarked;
