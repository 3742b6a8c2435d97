/**
 * Control messages between client and relay, and how they look on the wire.
 *
 * <p>Imports {@code net}, {@code event} and {@code time}. The classic protocol: one message per TCP connection, no
 * terminator; the relay answers and closes.
 */
@NullMarked
package voiptui.protocol;

import org.jspecify.annotations.NullMarked;
