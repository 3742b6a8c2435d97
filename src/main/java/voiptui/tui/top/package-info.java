/**
 * The relay's own screen, {@code voiptui relay --top}: its clients, what each sends, what is dropped and why.
 *
 * <pre>
 * relay-control   {@link voiptui.event.RelayEvent} → event bus
 * UI thread       event bus, keys → {@link voiptui.tui.top.TopUpdate} → {@link voiptui.tui.top.TopModel} → {@link voiptui.tui.top.TopView}
 * </pre>
 *
 * <p>Model and update are pure; everything runs on the UI thread. Imports {@code event}, {@code report} for wording, {@code
 * tui}, {@code tui.key}, {@code tui.terminal} and {@code tui.widget}.
 */
@NullMarked
package voiptui.tui.top;

import org.jspecify.annotations.NullMarked;
