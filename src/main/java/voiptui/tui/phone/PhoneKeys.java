package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.Locale;
import voiptui.event.Command;
import voiptui.event.PhoneEvent;
import voiptui.tui.Next;
import voiptui.tui.ScreenLoop;
import voiptui.tui.call.CallModel;
import voiptui.tui.call.CallProgram;
import voiptui.tui.phone.PhoneModel.Page;
import voiptui.tui.phone.PhoneModel.Talk;
import voiptui.tui.widget.LogLines;

/** What a key does. Pure. */
final class PhoneKeys {

    private static final int PAGE_ROWS = 8;
    private static final CallProgram CALL = new CallProgram();

    private PhoneKeys() {}

    /** A key was pressed. */
    static Next<PhoneModel> onKey(PhoneModel model, KeyStroke key, long nowMs) {
        if (model.off() != null) {
            return Next.show(model);
        } else if (ScreenLoop.isCtrl(key, 'c')) {
            return leave(model);
        } else if (model.desk().leaving()) {
            return Next.show(model);
        } else if (model.desk().quitAsked()) {
            boolean means =
                    key.getKeyType() == KeyType.Enter || ScreenLoop.isPlain(key, 'q') || ScreenLoop.isPlain(key, 'y');
            return means ? leave(model) : Next.show(model.with(model.desk().asked(false)));
        } else if (model.ringing() != null) {
            return onRingingKey(model, key, nowMs);
        } else if (model.talk() != null) {
            return onTalkKey(model, key, nowMs);
        }
        return switch (model.desk().page()) {
            case HELP -> Next.show(model.with(model.desk().at(Page.IDLE)));
            case TYPING -> onTypingKey(model, key);
            case IDLE, LOG -> onIdleKey(model, key);
        };
    }

    /** The phone is to end; what runs is hung up. */
    static Next<PhoneModel> leave(PhoneModel model) {
        return Next.ask(model.with(model.desk().left()), new Command.LeavePhone());
    }

    private static Next<PhoneModel> onRingingKey(PhoneModel model, KeyStroke key, long nowMs) {
        if (nowMs < model.ringing().deafUntilMs()) {
            return Next.show(model);
        } else if (ScreenLoop.isPlain(key, 'a')) {
            return Next.ask(model, new Command.AcceptCall());
        } else if (ScreenLoop.isPlain(key, 'x')) {
            return Next.ask(model, new Command.RejectCall());
        }
        return Next.show(ScreenLoop.isPlain(key, 'q') ? model.with(model.desk().asked(true)) : model);
    }

    private static Next<PhoneModel> onTalkKey(PhoneModel model, KeyStroke key, long nowMs) {
        Talk talk = model.talk();
        if (talk.isDialing()) {
            boolean cancels =
                    ScreenLoop.isPlain(key, 'q') || ScreenLoop.isPlain(key, 'x') || key.getKeyType() == KeyType.Escape;
            return cancels ? Next.ask(model, new Command.HangUp()) : Next.show(model);
        }
        Next<CallModel> next = CALL.onKey(talk.call(), key, nowMs);
        PhoneModel after = next.model() == talk.call()
                ? model
                : model.with(new Talk(next.model(), talk.outgoing(), talk.reached()));
        return new Next<>(after, next.commands(), next.bell());
    }

    private static Next<PhoneModel> onTypingKey(PhoneModel model, KeyStroke key) {
        LineEdit typed = model.desk().typed();
        return switch (key.getKeyType()) {
            case Escape -> Next.show(model.with(model.desk().at(Page.IDLE)));
            case Enter -> {
                PhoneModel idle = model.with(model.desk().at(Page.IDLE));
                yield typed.text().isEmpty() ? Next.show(idle) : Next.ask(idle, new Command.Dial(typed.text()));
            }
            case Tab -> Next.show(model.with(model.desk().typing(completed(model, typed))));
            default -> {
                LineEdit next = typed.with(key);
                yield Next.show(next == typed ? model : model.with(model.desk().typing(next)));
            }
        };
    }

    /** As far as all names go together that begin so. */
    private static LineEdit completed(PhoneModel model, LineEdit typed) {
        String begin = typed.text().toLowerCase(Locale.ROOT);
        String common = null;
        for (PhoneEvent.Contact contact : model.contacts()) {
            if (contact.name().startsWith(begin)) {
                common = common == null ? contact.name() : common.substring(0, commonLength(common, contact.name()));
            }
        }
        return common == null || begin.isEmpty() ? typed : LineEdit.of(common);
    }

    private static int commonLength(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static Next<PhoneModel> onIdleKey(PhoneModel model, KeyStroke key) {
        if (key.getKeyType() == KeyType.Enter) {
            int row = model.desk().page() == Page.IDLE ? model.markedRow() : -1;
            return row < 0
                    ? Next.show(model.with(model.desk().typing(LineEdit.EMPTY)))
                    : Next.ask(model, new Command.Dial(model.contacts().get(row).name()));
        } else if (key.getKeyType() != KeyType.Character) {
            return Next.show(
                    model.desk().page() == Page.LOG
                            ? scrolled(model, key.getKeyType())
                            : moved(model, key.getKeyType()));
        } else if (key.isCtrlDown() || key.isAltDown()) {
            return Next.show(model);
        }
        return switch (key.getCharacter()) {
            case 'c', '/' -> Next.show(model.with(model.desk().typing(LineEdit.EMPTY)));
            case 'm' -> Next.show(model.unseen() == 0 ? model : model.withMissedSeen());
            case 'l' -> Next.show(model.with(model.desk().at(model.desk().page() == Page.LOG ? Page.IDLE : Page.LOG)));
            case '?' -> Next.show(model.with(model.desk().at(Page.HELP)));
            case 'q' -> leave(model);
            default -> Next.show(model);
        };
    }

    private static PhoneModel scrolled(PhoneModel model, KeyType key) {
        if (key == KeyType.Escape) {
            return model.with(model.desk().at(Page.IDLE));
        }
        LogLines log = model.log().after(key);
        return log == model.log() ? model : model.with(log);
    }

    private static PhoneModel moved(PhoneModel model, KeyType key) {
        int all = model.contacts().size();
        return switch (key) {
            case Escape -> model.lastCall().isEmpty() ? model.with(model.desk().marking(null)) : model.withLastCall("");
            case ArrowUp -> moved(model, -1);
            case ArrowDown -> moved(model, 1);
            case PageUp -> moved(model, -PAGE_ROWS);
            case PageDown -> moved(model, PAGE_ROWS);
            case Home -> moved(model, -all);
            case End -> moved(model, all);
            default -> model;
        };
    }

    /** Marks the contact so many rows from the marked one; where none is, the first. */
    private static PhoneModel moved(PhoneModel model, int rows) {
        int last = model.contacts().size() - 1;
        if (last < 0) {
            return model;
        }
        int from = model.markedRow();
        int to = from < 0 && Math.abs(rows) == 1 ? 0 : Math.max(0, from) + rows;
        return model.with(model.desk()
                .marking(model.contacts().get(Math.max(0, Math.min(last, to))).name()));
    }
}
