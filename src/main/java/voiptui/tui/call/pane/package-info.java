/**
 * The panes and boxes of the call screen: each draws a part of {@link voiptui.tui.call.model.CallModel} on a {@link
 * voiptui.tui.terminal.Canvas}.
 *
 * <p>Pure drawing on the UI thread. Imports {@code event}, {@code report} for wording, {@code tui.call.model}, {@code
 * tui.device}, {@code tui.key}, {@code tui.terminal} and {@code tui.widget}.
 */
@NullMarked
package voiptui.tui.call.pane;

import org.jspecify.annotations.NullMarked;
