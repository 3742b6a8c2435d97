package voiptui.tui.call;

import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Box;
import voiptui.tui.widget.NumberText;

/** Microphones and speakers to choose from, and how loud the marked one is. */
final class DevicesBox {

    private static final int GAP = 3;

    private DevicesBox() {}

    static void draw(CallModel model, Canvas canvas) {
        DevicePicker picker = model.picker();
        int most = Math.max(
                1,
                Math.max(
                        picker.choices(AudioDirection.INPUT).size(),
                        picker.choices(AudioDirection.OUTPUT).size()));
        Canvas inside = Box.draw(canvas, "Devices", canvas.width() - 12, Math.min(most, canvas.height() - 7) + 4);
        int listRows = inside.height() - 4;
        int width = (inside.width() - GAP) / 2;
        drawList(model, AudioDirection.INPUT, inside.part(0, 0, width, listRows + 1));
        drawList(model, AudioDirection.OUTPUT, inside.part(width + GAP, 0, width, listRows + 1));
        drawMarked(model, inside.part(0, listRows + 2, inside.width(), 2));
    }

    private static void drawList(CallModel model, AudioDirection side, Canvas canvas) {
        DevicePicker picker = model.picker();
        boolean active = picker.side() == side;
        canvas.put(0, 0, side == AudioDirection.INPUT ? "Microphones" : "Speakers", active ? Style.TITLE : Style.LABEL);
        List<CallEvent.Choice> choices = picker.choices(side);
        if (choices.isEmpty()) {
            canvas.put(2, 1, picker.listed() == null ? "looking ..." : "none", Style.LABEL);
            return;
        }
        String used = (side == AudioDirection.INPUT ? model.microphone() : model.speaker()).device();
        int rows = canvas.height() - 1;
        int first = Math.max(0, Math.min(picker.marked(side) - rows / 2, choices.size() - rows));
        for (int i = first; i < Math.min(choices.size(), first + rows); i++) {
            boolean marked = active && i == picker.marked(side);
            int row = 1 + i - first;
            if (choices.get(i).device().equals(used)) {
                canvas.put(0, row, canvas.glyphs().on(), Style.GOOD);
            }
            String name = " " + Printable.of(choices.get(i).device()) + " ";
            canvas.put(1, row, name, marked ? Style.SELECTED : Style.TEXT);
        }
    }

    private static void drawMarked(CallModel model, Canvas canvas) {
        DevicePicker picker = model.picker();
        String device = picker.markedDevice();
        if (device == null) {
            return;
        }
        CallEvent.Choice choice = picker.choices()
                .get(Math.min(picker.marked(picker.side()), picker.choices().size() - 1));
        canvas.put(0, 0, Printable.of(choice.description()), Style.LABEL);
        boolean input = picker.side() == AudioDirection.INPUT;
        CallModel.Level used = input ? model.microphone() : model.speaker();
        CallEvent.PreviewLevel preview = picker.preview();
        if (device.equals(used.device())) {
            drawLevel(canvas, used, model.muting().on() && input);
        } else if (input && preview != null && preview.device().equals(device)) {
            if (preview.problem() != null) {
                canvas.put(0, 1, Printable.of(preview.problem()), Style.WARN);
            } else {
                drawLevel(
                        canvas,
                        CallModel.Level.unknown(AudioDirection.INPUT).with(preview.peakDbfs(), model.nowMs()),
                        false);
            }
        } else {
            canvas.put(0, 1, input ? "listening ..." : "Enter uses it, t lets you hear it", Style.LABEL);
        }
    }

    private static void drawLevel(Canvas canvas, CallModel.Level level, boolean muted) {
        LevelPane.drawBar(canvas.part(0, 1, canvas.width() - 11, 1), level, muted);
        canvas.putRight(canvas.width(), 1, NumberText.dbfs(level.heldDbfs(), canvas.glyphs()), Style.TEXT);
    }
}
