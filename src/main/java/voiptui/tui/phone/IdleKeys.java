package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.PhoneEvent;
import voiptui.tui.Next;
import voiptui.tui.device.DevicePicker;
import voiptui.tui.device.Headset;
import voiptui.tui.key.Keys;
import voiptui.tui.key.PhoneAction;
import voiptui.tui.phone.PhoneUi.DialField;
import voiptui.tui.phone.PhoneUi.Page;
import voiptui.tui.phone.PhoneUi.Pane;
import voiptui.tui.widget.KeyHelp;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.TextField;

/** Computes the model and the commands after a key while nobody calls and no call is in progress. Pure. */
final class IdleKeys {

    private static final int PAGE_ROWS = 8;

    private IdleKeys() {}

    /** Returns what follows from a key. */
    static Next<PhoneModel> onKey(PhoneModel model, KeyStroke key) {
        if (model.ui().page() == Page.IDLE && model.ui().people().filter() != null) {
            return onFilterKey(model, model.ui().people().filter(), key);
        }
        return switch (model.ui().page()) {
            case HELP, HELP_END -> Next.show(model.with(model.ui().at(afterHelp(key))));
            case DIAL -> onDialKey(model, key);
            case BLOCKED -> onBlockedKey(model, key);
            case DEVICES -> onDevicesKey(model, key);
            case IDLE, LOG -> onIdleKey(model, key);
        };
    }

    /** Returns what follows from a click on a row; null: it is selected already, and the click does what Enter does. */
    static @Nullable Next<PhoneModel> onRow(PhoneModel model, String id) {
        if (model.ui().page() == Page.DEVICES) {
            DevicePicker picker = model.headset().picker().selecting(id);
            return picker == model.headset().picker() ? null : choosing(model, picker);
        } else if (model.ui().page() == Page.BLOCKED) {
            List<PhoneEvent.BlockedPeer> blocked = model.calls().blocked();
            boolean selected = !blocked.isEmpty()
                    && blocked.get(BlockedPane.selectedRow(model)).fingerprint().equals(id);
            return selected ? null : Next.show(model.with(model.ui().selecting(id)));
        }
        return model.ui().page() == Page.IDLE ? onListRow(model, id) : Next.show(model);
    }

    private static @Nullable Next<PhoneModel> onListRow(PhoneModel model, String id) {
        Optional<RecentRow> recent = model.calls().recent().stream()
                .filter(row -> row.id().equals(id))
                .findFirst();
        PhoneUi ui = model.ui();
        PhoneModel next = model.with(
                recent.isPresent()
                        ? ui.with(new PhoneUi.Focus(
                                Pane.RECENT, recent.get().call().atMs()))
                        : ui.with(ui.focus().on(Pane.PEOPLE)).selecting(id));
        boolean selected = next.ui().focus().equals(ui.focus())
                && (recent.isPresent() || Objects.equals(model.selectedPeer(), next.selectedPeer()));
        return selected ? null : looking(next);
    }

    /** Returns the page that a key leads to from the list of keys. */
    private static Page afterHelp(KeyStroke key) {
        return KeyHelp.showsEnd(key) ? Page.HELP_END : KeyHelp.showsBeginning(key) ? Page.HELP : Page.IDLE;
    }

    private static Next<PhoneModel> onDialKey(PhoneModel model, KeyStroke key) {
        DialField dial = model.ui().dial();
        return switch (key.getKeyType()) {
            case Escape -> Next.show(model.with(model.ui().at(Page.IDLE)));
            // Stays open until the call starts: what cannot be called can be corrected.
            case Enter ->
                dial.text().text().isEmpty()
                        ? Next.show(model.with(model.ui().at(Page.IDLE)))
                        : Next.ask(model, new Command.Dial(dial.text().text()));
            case Tab -> typing(model, completed(model, dial.text()));
            default -> typing(model, dial.text().with(key));
        };
    }

    private static Next<PhoneModel> typing(PhoneModel model, TextField text) {
        DialField dial = model.ui().dial().typing(text);
        return Next.show(
                dial == model.ui().dial() ? model : model.with(model.ui().dialing(dial)));
    }

    /** Returns the longest common beginning of all names that start with what is typed. */
    private static TextField completed(PhoneModel model, TextField typed) {
        String begin = typed.text().toLowerCase(Locale.ROOT);
        String common = "";
        for (PhoneEvent.Contact contact : model.contacts()) {
            if (contact.name().startsWith(begin)) {
                common = common.isEmpty() ? contact.name() : common.substring(0, commonLength(common, contact.name()));
            }
        }
        return common.isEmpty() || begin.isEmpty() ? typed : TextField.of(common);
    }

    private static int commonLength(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static Next<PhoneModel> onIdleKey(PhoneModel model, KeyStroke key) {
        PhoneUi ui = model.ui();
        PhoneAction action = model.keys().find(PhoneAction.class, key);
        KeyType type = ListCursor.typeOf(key);
        if (action != null) {
            return onAction(model, action);
        } else if (ui.page() == Page.IDLE && (type == KeyType.Tab || type == KeyType.ReverseTab)) {
            Pane other = ui.focus().isOn(Pane.PEOPLE) ? Pane.RECENT : Pane.PEOPLE;
            return looking(model.with(ui.with(ui.focus().on(other))));
        } else if (type == KeyType.Escape && model.headset().isTesting()) {
            return Next.ask(model, new Command.ToggleEchoTest());
        } else if (type == KeyType.Enter) {
            return ui.page() == Page.IDLE ? onEnter(model) : Next.show(model.with(ui.dialing(DialField.EMPTY)));
        } else if (type == KeyType.Character) {
            return Next.show(model);
        }
        return ui.page() == Page.LOG ? Next.show(onLogKey(model, type)) : looking(onListKey(model, type));
    }

    private static Next<PhoneModel> onAction(PhoneModel model, PhoneAction action) {
        PhoneUi ui = model.ui();
        return switch (action) {
            case DIAL -> Next.show(model.with(ui.dialing(DialField.EMPTY)));
            case FIND ->
                Next.show(model.with(ui.at(Page.IDLE)
                        .with(ui.focus().on(Pane.PEOPLE))
                        .with(ui.people().filtering(TextField.EMPTY))));
            case FAVORITE -> ui.page() == Page.IDLE ? onFavorite(model) : Next.show(model);
            case DEVICES ->
                Next.ask(
                        model.with(model.headset().with(DevicePicker.EMPTY)).with(ui.at(Page.DEVICES)),
                        new Command.ListDevices());
            case ECHO_TEST -> Next.ask(model, new Command.ToggleEchoTest());
            case OFFLINE -> Next.show(model.with(ui.with(ui.people().toggled())));
            case DO_NOT_DISTURB -> Next.ask(model, new Command.ToggleDoNotDisturb());
            case LOG -> Next.show(model.with(ui.at(ui.page() == Page.LOG ? Page.IDLE : Page.LOG)));
            case BLOCKED -> Next.show(model.with(ui.at(Page.BLOCKED).selecting(null)));
            case HELP -> Next.show(model.with(ui.at(Page.HELP)));
            case QUIT -> PhoneKeys.quit(model);
        };
    }

    private static Next<PhoneModel> onEnter(PhoneModel model) {
        String peer = model.selectedPeer();
        if (peer != null) {
            return Next.ask(model, new Command.Dial(peer));
        }
        return model.ui().focus().isOn(Pane.RECENT)
                ? Next.show(model)
                : Next.show(model.with(model.ui().dialing(DialField.EMPTY)));
    }

    private static Next<PhoneModel> onFavorite(PhoneModel model) {
        String peer = model.selectedPeer();
        return peer == null ? Next.show(model) : Next.ask(model, new Command.ToggleFavorite(peer));
    }

    /** Whoever moves in the recent calls has seen those that were missed. */
    private static Next<PhoneModel> looking(PhoneModel model) {
        return model.ui().focus().isOn(Pane.RECENT) && model.calls().unseen() > 0
                ? Next.ask(model.with(model.calls().allSeen()), new Command.NoteMissedSeen())
                : Next.show(model);
    }

    private static Next<PhoneModel> onDevicesKey(PhoneModel model, KeyStroke key) {
        PhoneModel closed = model.with(model.ui().at(Page.IDLE));
        PhoneAction action = model.keys().find(PhoneAction.class, key);
        if (key.getKeyType() == KeyType.Escape || action == PhoneAction.DEVICES || action == PhoneAction.QUIT) {
            return Next.ask(closed, new Command.StopPreview());
        } else if (action == PhoneAction.ECHO_TEST) {
            return Next.ask(closed, new Command.StopPreview(), new Command.ToggleEchoTest());
        }
        Headset headset = model.headset();
        if (key.getKeyType() == KeyType.Enter) {
            CallEvent.Choice choice = headset.picker().selected();
            return choice == null
                    ? Next.show(model)
                    : Next.ask(model, new Command.UseDevice(headset.picker().side(), choice.device()));
        }
        return choosing(model, headset.picker().after(ListCursor.typeOf(key)));
    }

    private static Next<PhoneModel> choosing(PhoneModel model, DevicePicker picker) {
        Headset headset = model.headset();
        return picker == headset.picker()
                ? Next.show(model)
                : Next.ask(model.with(headset.with(picker)), picker.preview(headset.microphone()));
    }

    /** Every character belongs to the filter; Enter calls, and Esc shows everybody again. */
    private static Next<PhoneModel> onFilterKey(PhoneModel model, TextField filter, KeyStroke key) {
        PhoneUi ui = model.ui();
        return switch (key.getKeyType()) {
            case Escape -> Next.show(model.with(ui.with(ui.people().filtering(null))));
            case Enter -> model.selected() == null ? Next.show(model) : onEnter(model);
            case ArrowUp, ArrowDown, PageUp, PageDown -> Next.show(onPeopleKey(model, key.getKeyType()));
            default -> {
                TextField next = filter.with(key);
                yield Next.show(
                        next.equals(filter)
                                ? model
                                : model.with(ui.with(ui.people().filtering(next))));
            }
        };
    }

    private static Next<PhoneModel> onBlockedKey(PhoneModel model, KeyStroke key) {
        List<PhoneEvent.BlockedPeer> blocked = model.calls().blocked();
        int row = BlockedPane.selectedRow(model);
        if (key.getKeyType() == KeyType.Escape || model.keys().is(PhoneAction.BLOCKED, key)) {
            return Next.show(model.with(model.ui().at(Page.IDLE).selecting(null)));
        } else if (model.keys().is(PhoneAction.QUIT, key)) {
            return PhoneKeys.quit(model);
        } else if (blocked.isEmpty()) {
            return Next.show(model);
        } else if (key.getKeyType() == KeyType.Enter || Keys.isPlain(key, 'u')) {
            return Next.ask(model, new Command.UnblockCaller(blocked.get(row).fingerprint()));
        }
        int to = ListCursor.after(ListCursor.typeOf(key), row, blocked.size(), PAGE_ROWS);
        return Next.show(
                to == row
                        ? model
                        : model.with(model.ui().selecting(blocked.get(to).fingerprint())));
    }

    private static PhoneModel onLogKey(PhoneModel model, KeyType key) {
        if (key == KeyType.Escape) {
            return model.with(model.ui().at(Page.IDLE));
        }
        LogLines log = model.ui().log().after(key);
        return log == model.ui().log() ? model : model.with(model.ui().with(log));
    }

    /** Moves the selection; Esc clears the last call's summary first, then the selection. */
    private static PhoneModel onListKey(PhoneModel model, KeyType key) {
        if (key == KeyType.Escape) {
            return model.calls().lastCall().isEmpty()
                    ? model.with(model.ui().selecting(null))
                    : model.with(model.calls().ended(""));
        }
        return model.ui().focus().isOn(Pane.RECENT) ? onRecentKey(model, key) : onPeopleKey(model, key);
    }

    private static PhoneModel onRecentKey(PhoneModel model, KeyType key) {
        List<RecentRow> rows = model.calls().recent();
        if (rows.isEmpty()) {
            return model;
        }
        int from = model.selectedRecent();
        int to = ListCursor.after(key, from, rows.size(), PAGE_ROWS);
        return to == from
                ? model
                : model.with(model.ui()
                        .with(new PhoneUi.Focus(Pane.RECENT, rows.get(to).call().atMs())));
    }

    private static PhoneModel onPeopleKey(PhoneModel model, KeyType key) {
        List<PhoneEvent.Contact> people = model.people();
        if (people.isEmpty()) {
            return model;
        }
        int from = model.selectedRow(people);
        int to = ListCursor.after(key, from, people.size(), PAGE_ROWS);
        return to == from
                ? model
                : model.with(model.ui().selecting(people.get(to).name()));
    }
}
