package voiptui.tui.device;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.Box;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.NumberText;

/** Microphones and speakers to choose from, and the level of the selected one. Pure drawing. */
public final class DevicesBox {

    private static final int GAP = 3;

    /**
     * The device that is in use, or that the next call uses.
     *
     * @param device its name; empty: none
     * @param meter its level; null: it is not open
     * @param muted whether it is muted
     */
    public record InUse(String device, @Nullable PeakMeter meter, boolean muted) {}

    private final DevicePicker picker;
    private final InUse microphone;
    private final InUse speaker;
    private final String speakerHint;

    /**
     * Creates a box.
     *
     * @param speakerHint what can be done with a selected speaker that is not in use
     */
    public DevicesBox(DevicePicker picker, InUse microphone, InUse speaker, String speakerHint) {
        this.picker = picker;
        this.microphone = microphone;
        this.speaker = speaker;
        this.speakerHint = speakerHint;
    }

    /** Draws the box over the panes. */
    public void draw(Canvas canvas) {
        int longest = Math.max(
                1,
                Math.max(
                        picker.choices(AudioDirection.INPUT).size(),
                        picker.choices(AudioDirection.OUTPUT).size()));
        Canvas inside = Box.draw(canvas, "Devices", canvas.width() - 12, Math.min(longest, canvas.height() - 7) + 4);
        int listRows = inside.height() - 4;
        int width = (inside.width() - GAP) / 2;
        drawList(AudioDirection.INPUT, inside.part(0, 0, width, listRows + 1));
        drawList(AudioDirection.OUTPUT, inside.part(width + GAP, 0, width, listRows + 1));
        drawSelected(inside.part(0, listRows + 2, inside.width(), 2));
    }

    private InUse inUse(AudioDirection side) {
        return side == AudioDirection.INPUT ? microphone : speaker;
    }

    private void drawList(AudioDirection side, Canvas canvas) {
        boolean active = picker.side() == side;
        canvas.put(0, 0, side == AudioDirection.INPUT ? "Microphones" : "Speakers", active ? Style.TITLE : Style.LABEL);
        List<CallEvent.Choice> choices = picker.choices(side);
        if (choices.isEmpty()) {
            canvas.put(2, 1, picker.listed() == null ? "searching ..." : "none", Style.LABEL);
            return;
        }
        int rows = canvas.height() - 1;
        int first = ListCursor.firstShown(picker.selectedRow(side), choices.size(), rows);
        for (int i = first; i < Math.min(choices.size(), first + rows); i++) {
            boolean selected = active && i == picker.selectedRow(side);
            int row = 1 + i - first;
            if (choices.get(i).device().equals(inUse(side).device())) {
                canvas.put(0, row, canvas.glyphs().on(), Style.GOOD);
            }
            canvas.target(0, row, canvas.width(), new Target.Row(DevicePicker.id(side, choices.get(i))));
            String name = " " + Printable.of(choices.get(i).device()) + " ";
            canvas.put(1, row, name, selected ? Style.SELECTED : Style.TEXT);
        }
    }

    private void drawSelected(Canvas canvas) {
        CallEvent.Choice choice = picker.selected();
        if (choice == null) {
            return;
        }
        canvas.put(0, 0, Printable.of(choice.description()), Style.LABEL);
        boolean input = picker.side() == AudioDirection.INPUT;
        InUse used = inUse(picker.side());
        boolean isUsed = choice.device().equals(used.device());
        CallEvent.PreviewLevel preview = picker.preview();
        if (isUsed && used.meter() != null) {
            drawLevel(canvas, used.meter(), used.muted());
        } else if (input && preview != null && preview.device().equals(choice.device())) {
            if (preview.problem() != null) {
                canvas.put(0, 1, Printable.of(preview.problem()), Style.WARN);
            } else {
                drawLevel(canvas, PeakMeter.SILENT.with(preview.peakDbfs(), 0), false);
            }
        } else if (!isUsed) {
            canvas.put(0, 1, input ? "opening ..." : speakerHint, Style.LABEL);
        }
    }

    private static void drawLevel(Canvas canvas, PeakMeter meter, boolean muted) {
        LevelBar.draw(canvas.part(0, 1, canvas.width() - 11, 1), meter, muted);
        String held = NumberText.dbfs(meter.heldDbfs(), canvas.glyphs());
        canvas.putRight(canvas.width(), 1, held, Style.TEXT);
    }
}
