package voiptui.tui.top;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.RelayEvent;
import voiptui.tui.Next;
import voiptui.tui.ScreenLoop;
import voiptui.tui.top.TopModel.Overlay;

/** What an event or a key makes of the model. Pure. */
final class TopUpdate {

    /** How far the mark jumps with PgUp and PgDn. */
    static final int PAGE_ROWS = 10;

    private TopUpdate() {}

    /** After {@code event}, which came at {@code nowMs}. */
    static TopModel onEvent(TopModel model, Event event, long nowMs) {
        if (!(event instanceof RelayEvent relayEvent)) {
            return model;
        }
        TopModel next = model;
        if (event instanceof RelayEvent.Started started) {
            next = model.withStarted(started);
        } else if (event instanceof RelayEvent.Status status) {
            next = model.withClients(model.numbers().next(status), model.sort());
        } else if (event instanceof RelayEvent.Stopped) {
            next = model.over();
        }
        return LogLine.of(relayEvent, nowMs)
                .map(line -> appended(model.log(), line))
                .map(next::withLog)
                .orElse(next);
    }

    private static List<LogLine> appended(List<LogLine> log, LogLine line) {
        List<LogLine> longer =
                new ArrayList<>(log.size() < TopModel.LOG_LINES ? log : log.subList(1, TopModel.LOG_LINES));
        longer.add(line);
        return List.copyOf(longer);
    }

    /** After {@code key} was pressed. */
    static Next<TopModel> onKey(TopModel model, KeyStroke key) {
        if (model.overlay() == Overlay.STOPPING) {
            return Next.show(model);
        }
        if (ScreenLoop.isCtrl(key, 'c')) {
            return stop(model);
        }
        return switch (model.overlay()) {
            case HELP -> Next.show(model.withOverlay(Overlay.NONE));
            case CONFIRM_STOP ->
                isLetter(key, 'q') || key.getKeyType() == KeyType.Enter
                        ? stop(model)
                        : Next.show(model.withOverlay(Overlay.NONE));
            default -> onPlainKey(model, key);
        };
    }

    /** The relay should stop: nobody is asked any more. */
    static Next<TopModel> stop(TopModel model) {
        return Next.ask(model.withOverlay(Overlay.STOPPING), new Command.HangUp());
    }

    private static Next<TopModel> onPlainKey(TopModel model, KeyStroke key) {
        if (isLetter(key, 'q')) {
            return model.rows().isEmpty() ? stop(model) : Next.show(model.withOverlay(Overlay.CONFIRM_STOP));
        }
        if (isLetter(key, '?')) {
            return Next.show(model.withOverlay(Overlay.HELP));
        }
        if (isLetter(key, 's')) {
            return Next.show(model.withClients(model.numbers(), model.sort().next()));
        }
        int all = model.rows().size();
        return Next.show(
                switch (key.getKeyType()) {
                    case ArrowUp -> moved(model, -1);
                    case ArrowDown -> moved(model, 1);
                    case PageUp -> moved(model, -PAGE_ROWS);
                    case PageDown -> moved(model, PAGE_ROWS);
                    case Home -> moved(model, -all);
                    case End -> moved(model, all);
                    case Escape -> model.withSelected(null);
                    default -> model;
                });
    }

    private static boolean isLetter(KeyStroke key, char letter) {
        return key.getKeyType() == KeyType.Character
                && !key.isCtrlDown()
                && !key.isAltDown()
                && Character.toLowerCase(key.getCharacter()) == letter;
    }

    /** Marks the client so many rows from the marked one; where none is, a first step marks the first. */
    private static TopModel moved(TopModel model, int rows) {
        if (model.rows().isEmpty()) {
            return model;
        }
        int from = model.selectedRow();
        int to = from < 0 && Math.abs(rows) == 1 ? 0 : Math.max(0, from) + rows;
        int row = Math.max(0, Math.min(model.rows().size() - 1, to));
        return model.withSelected(model.rows().get(row).status().client());
    }
}
