/**
 * A relay's own screen, {@code voiptui relay --top}: who is registered, what comes from each, what is dropped and why.
 *
 * <pre>
 * relay-control   {@link voiptui.event.RelayEvent} → bus
 * ui thread       bus, keys → {@link voiptui.tui.top.TopUpdate} → {@link voiptui.tui.top.TopModel} → {@link voiptui.tui.top.TopView}
 * </pre>
 *
 * <p>Model and update are pure; everything here belongs to the UI thread. Imports {@code event} and the screen's parts in {@code tui}.
 */
@NullMarked
package voiptui.tui.top;

import org.jspecify.annotations.NullMarked;
