/**
 * Full screens in a terminal, in the Elm architecture: events and keys go in, a pure update returns the next immutable
 * model, a pure view draws it. One thread.
 *
 * <pre>
 * UI thread   event bus, keys → {@link voiptui.tui.Program} → model → {@link voiptui.tui.terminal.Canvas} → terminal, if it changed
 * </pre>
 *
 * <p>This package holds the loop and what it needs. The screens are {@code tui.call}, {@code tui.phone} and {@code tui.top};
 * they share {@code tui.terminal}, {@code tui.widget} and {@code tui.device}. Imports {@code event}, {@code tui.key},
 * {@code tui.terminal} and {@code tui.terminal.input}. Knows nothing of audio, sockets or sessions.
 */
@NullMarked
package voiptui.tui;

import org.jspecify.annotations.NullMarked;
