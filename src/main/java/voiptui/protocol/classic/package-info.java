/**
 * Control messages of the classic protocol: one message per TCP connection, no terminator; the relay answers and closes.
 * Imports {@code net}.
 */
@NullMarked
package voiptui.protocol.classic;

import org.jspecify.annotations.NullMarked;
