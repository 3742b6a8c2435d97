/** The terminal: line discipline, colors, glyphs, cells. */
package voiptui.tui.terminal;
