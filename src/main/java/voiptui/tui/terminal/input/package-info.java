/**
 * What a terminal sends: keys, pasted text and reports, decoded from bytes.
 *
 * <p>Everything belongs to the UI thread. Imports Lanterna and no other package of voiptui.
 */
@NullMarked
package voiptui.tui.terminal.input;

import org.jspecify.annotations.NullMarked;
