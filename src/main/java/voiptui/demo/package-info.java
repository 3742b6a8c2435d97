/**
 * Makes and measures a complete call on one machine: a relay, a speaker and a listener.
 *
 * <p>Connects the real parts as the command line does; only {@code cli} is above it.
 */
@NullMarked
package voiptui.demo;

import org.jspecify.annotations.NullMarked;
