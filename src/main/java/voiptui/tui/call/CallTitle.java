package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.report.Printable;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** The upper border of the call screen: who it is, and whether the call is encrypted. Pure drawing. */
final class CallTitle {

    /** Columns of the border around name and detail. */
    private static final int BORDERS = 9;

    private static final int LEAST_COLUMNS = 8;

    private CallTitle() {}

    static void draw(CallModel model, Canvas canvas, int right) {
        CallEvent.EncryptionChanged state = model.progress().security().state();
        if (state == null) {
            BoxGrid.title(canvas, 0, 0, right, name(model, canvas, right), "");
            return;
        }
        boolean verified = state.encryption() == Encryption.END_TO_END && state.verified();
        String text = state.encryption().text(state.verified());
        String detail = verified ? canvas.glyphs().check() + " " + text : text;
        BoxGrid.title(
                canvas,
                0,
                0,
                right,
                name(model, canvas, right - Canvas.columnsOf(detail) - BORDERS),
                detail,
                verified ? Style.GOOD : state.encryption().isEncrypted() ? Style.ACCENT : Style.BAD);
    }

    /** Returns the peer's name, cut to make room for what is more important. */
    private static String name(CallModel model, Canvas canvas, int room) {
        String name = Printable.of(model.setting().peer());
        int columns = Math.max(LEAST_COLUMNS, Math.min(Canvas.columnsOf(name), room));
        return name.length() <= columns
                ? name
                : name.substring(0, columns - 1) + canvas.glyphs().cut();
    }

    /** Returns the name of a device in use, for the border of its pane. */
    static String deviceOf(AudioLevel level) {
        return level.device().problem() != null ? "none" : level.device().name();
    }
}
