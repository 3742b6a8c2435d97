/**
 * A whole call on one machine, measured: a relay, somebody who speaks and somebody who listens.
 *
 * <p>Puts the real parts together as the command line does, and stands above all packages but {@code cli}.
 */
@NullMarked
package voiptui.demo;

import org.jspecify.annotations.NullMarked;
