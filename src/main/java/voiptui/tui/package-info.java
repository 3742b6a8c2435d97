/**
 * A full screen in a terminal, in the shape of the Elm architecture: events and keys in, an immutable model, a pure update,
 * a pure view, one thread.
 *
 * <pre>
 * ui thread   bus and keys → {@link voiptui.tui.Program} → model → {@link voiptui.tui.terminal.Canvas} → terminal, when it changed
 * </pre>
 *
 * <p>This package has what any screen of ours is made of: the terminal, the loop, the cells, their looks, bars and lines of
 * history. The screens themselves are rooms of their own below it: {@code tui.call}, {@code tui.phone} and {@code tui.top}. Imports {@code
 * event}, and {@code report} for words; knows nothing of sound or sockets.
 */
@NullMarked
package voiptui.tui;

import org.jspecify.annotations.NullMarked;
