package voiptui.tui.top;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import org.jspecify.annotations.Nullable;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.RelayEvent;
import voiptui.tui.Next;
import voiptui.tui.key.Keymap;
import voiptui.tui.key.Keys;
import voiptui.tui.key.TopAction;
import voiptui.tui.top.TopModel.Overlay;
import voiptui.tui.widget.ListCursor;

/** Computes the model after an event or a key. Pure. */
final class TopUpdate {

    /** How far PgUp and PgDn move the selection. */
    static final int PAGE_ROWS = 10;

    private TopUpdate() {}

    /** Returns the model after an event. */
    static TopModel onEvent(TopModel model, Event event, long nowMs) {
        if (!(event instanceof RelayEvent relayEvent)) {
            return model;
        }
        TopModel next = model;
        if (event instanceof RelayEvent.Started started) {
            next = model.with(started);
        } else if (event instanceof RelayEvent.Status status) {
            next = model.with(model.numbers().next(status));
        } else if (event instanceof RelayEvent.Stopped) {
            next = model.over();
        }
        return RelayEventText.of(relayEvent, nowMs)
                .map(model.log()::with)
                .map(next::with)
                .orElse(next);
    }

    /** Returns what follows from a key. */
    static Next<TopModel> onKey(TopModel model, Keymap keys, KeyStroke key) {
        if (model.overlay() == Overlay.STOPPING) {
            return Next.show(model);
        }
        if (Keys.isCtrl(key, 'c')) {
            return stop(model);
        }
        return switch (model.overlay()) {
            case HELP -> Next.show(model.with(Overlay.NONE));
            case CONFIRM_STOP ->
                action(keys, key) == TopAction.STOP || key.getKeyType() == KeyType.Enter
                        ? stop(model)
                        : Next.show(model.with(Overlay.NONE));
            default -> onPlainKey(model, keys, key);
        };
    }

    /** Returns the model of a relay told to stop, without another question. */
    static Next<TopModel> stop(TopModel model) {
        return Next.ask(model.with(Overlay.STOPPING), new Command.HangUp());
    }

    private static Next<TopModel> onPlainKey(TopModel model, Keymap keys, KeyStroke key) {
        ClientList clients = model.clients();
        TopAction action = action(keys, key);
        if (action != null) {
            return switch (action) {
                case STOP -> clients.rows().isEmpty() ? stop(model) : Next.show(model.with(Overlay.CONFIRM_STOP));
                case HELP -> Next.show(model.with(Overlay.HELP));
                case SORT ->
                    Next.show(model.with(clients.with(
                            model.numbers().clients(), clients.sort().next())));
            };
        }
        if (key.getKeyType() == KeyType.Escape) {
            return Next.show(model.with(clients.selecting(null)));
        }
        return Next.show(moved(model, key.getKeyType()));
    }

    /** Returns what a key does; null: nothing. A capital letter does what the small one does, if nothing else. */
    private static @Nullable TopAction action(Keymap keys, KeyStroke key) {
        TopAction action = keys.find(TopAction.class, key);
        return action == null && Keys.isPlain(key)
                ? keys.find(TopAction.class, new KeyStroke(Character.toLowerCase(key.getCharacter()), false, false))
                : action;
    }

    private static TopModel moved(TopModel model, KeyType key) {
        ClientList clients = model.clients();
        if (clients.rows().isEmpty()) {
            return model;
        }
        int from = clients.selectedRow();
        int to = ListCursor.after(key, from, clients.rows().size(), PAGE_ROWS);
        return to == from
                ? model
                : model.with(clients.selecting(clients.rows().get(to).status().client()));
    }
}
