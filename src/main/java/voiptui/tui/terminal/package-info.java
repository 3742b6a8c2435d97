/**
 * The terminal: line discipline, colors, glyphs, and the canvas to draw on.
 *
 * <p>Everything belongs to the UI thread, except for closing a session and reporting a new window size. Imports Lanterna and
 * what the terminal sends, {@code tui.terminal.input}.
 */
@NullMarked
package voiptui.tui.terminal;

import org.jspecify.annotations.NullMarked;
