/** The terminal: line discipline, colors, glyphs, cells. */
@NullMarked
package voiptui.tui.terminal;

import org.jspecify.annotations.NullMarked;
