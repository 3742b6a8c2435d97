package voiptui.tui.call.pane;

import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.report.Printable;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.DevicePicker;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Box;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.NumberText;

/** Microphones and speakers to choose from, and the level of the selected one. */
public final class DevicesBox {

    private static final int GAP = 3;

    private DevicesBox() {}

    /** Draws the box over the panes. */
    public static void draw(CallModel model, Canvas canvas) {
        DevicePicker picker = model.ui().picker();
        int longest = Math.max(
                1,
                Math.max(
                        picker.choices(AudioDirection.INPUT).size(),
                        picker.choices(AudioDirection.OUTPUT).size()));
        Canvas inside = Box.draw(canvas, "Devices", canvas.width() - 12, Math.min(longest, canvas.height() - 7) + 4);
        int listRows = inside.height() - 4;
        int width = (inside.width() - GAP) / 2;
        drawList(model, AudioDirection.INPUT, inside.part(0, 0, width, listRows + 1));
        drawList(model, AudioDirection.OUTPUT, inside.part(width + GAP, 0, width, listRows + 1));
        drawSelected(model, inside.part(0, listRows + 2, inside.width(), 2));
    }

    private static void drawList(CallModel model, AudioDirection side, Canvas canvas) {
        DevicePicker picker = model.ui().picker();
        boolean active = picker.side() == side;
        canvas.put(0, 0, side == AudioDirection.INPUT ? "Microphones" : "Speakers", active ? Style.TITLE : Style.LABEL);
        List<CallEvent.Choice> choices = picker.choices(side);
        if (choices.isEmpty()) {
            canvas.put(2, 1, picker.listed() == null ? "searching ..." : "none", Style.LABEL);
            return;
        }
        String inUse = model.audio().level(side).device().name();
        int rows = canvas.height() - 1;
        int first = ListCursor.firstShown(picker.selectedRow(side), choices.size(), rows);
        for (int i = first; i < Math.min(choices.size(), first + rows); i++) {
            boolean selected = active && i == picker.selectedRow(side);
            int row = 1 + i - first;
            if (choices.get(i).device().equals(inUse)) {
                canvas.put(0, row, canvas.glyphs().on(), Style.GOOD);
            }
            String name = " " + Printable.of(choices.get(i).device()) + " ";
            canvas.put(1, row, name, selected ? Style.SELECTED : Style.TEXT);
        }
    }

    private static void drawSelected(CallModel model, Canvas canvas) {
        DevicePicker picker = model.ui().picker();
        CallEvent.Choice choice = picker.selected();
        if (choice == null) {
            return;
        }
        canvas.put(0, 0, Printable.of(choice.description()), Style.LABEL);
        boolean input = picker.side() == AudioDirection.INPUT;
        AudioLevel used = model.audio().level(picker.side());
        CallEvent.PreviewLevel preview = picker.preview();
        if (choice.device().equals(used.device().name())) {
            drawLevel(canvas, used, model.audio().mute().on() && input);
        } else if (input && preview != null && preview.device().equals(choice.device())) {
            if (preview.problem() != null) {
                canvas.put(0, 1, Printable.of(preview.problem()), Style.WARN);
            } else {
                AudioLevel heard = AudioLevel.unknown(AudioDirection.INPUT).with(preview.peakDbfs(), model.nowMs());
                drawLevel(canvas, heard, false);
            }
        } else {
            canvas.put(0, 1, input ? "opening ..." : "press Enter to use it, then t for a test tone", Style.LABEL);
        }
    }

    private static void drawLevel(Canvas canvas, AudioLevel level, boolean muted) {
        LevelPane.drawBar(canvas.part(0, 1, canvas.width() - 11, 1), level.meter(), muted);
        String held = NumberText.dbfs(level.meter().heldDbfs(), canvas.glyphs());
        canvas.putRight(canvas.width(), 1, held, Style.TEXT);
    }
}
