/**
 * The terminal: line discipline, colors, glyphs, and the canvas to draw on.
 *
 * <p>Everything belongs to the UI thread, except for closing a session and reporting a new window size. Imports Lanterna and
 * no other package of voiptui.
 */
@NullMarked
package voiptui.tui.terminal;

import org.jspecify.annotations.NullMarked;
