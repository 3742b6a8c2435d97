/**
 * What several screens share: bars, boxes, key bar, key help, list cursor, log, number formats, and the status of a session.
 *
 * <p>Records are immutable, everything else is pure. Imports {@code event}, {@code tui.key} and {@code tui.terminal}.
 */
@NullMarked
package voiptui.tui.widget;

import org.jspecify.annotations.NullMarked;
