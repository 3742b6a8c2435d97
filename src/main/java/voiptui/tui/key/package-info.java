/**
 * How a user controls the screens. Pure.
 *
 * <p>Imports no other package of voiptui but {@code tui.terminal}.
 */
@NullMarked
package voiptui.tui.key;

import org.jspecify.annotations.NullMarked;
