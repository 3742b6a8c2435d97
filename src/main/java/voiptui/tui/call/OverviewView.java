package voiptui.tui.call;

import voiptui.event.AudioDirection;
import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.VerdictHistory;
import voiptui.tui.call.pane.CallPane;
import voiptui.tui.call.pane.ChartsPane;
import voiptui.tui.call.pane.LevelPane;
import voiptui.tui.call.pane.WherePane;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.LogPane;

/** Draws the overview: the verdict on the call, and what it rests on. Pure drawing. */
final class OverviewView {

    private OverviewView() {}

    static void draw(CallModel model, Canvas canvas) {
        OverviewLayout layout = OverviewLayout.of(canvas.width(), canvas.height());
        int right = layout.right();
        int middle = layout.middle();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .horizontal(layout.levelsEnd(), 0, right)
                .horizontal(layout.chartsEnd(), 0, right)
                .horizontal(layout.whereEnd(), 0, right)
                .vertical(middle, layout.callEnd(), layout.levelsEnd())
                .draw(canvas);
        CallTitle.draw(model, canvas, right);
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                middle,
                "You",
                CallTitle.deviceOf(model.audio().microphone()));
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                middle,
                right,
                Printable.of(model.setting().peer()),
                CallTitle.deviceOf(model.audio().speaker()));
        BoxGrid.title(canvas, layout.levelsEnd(), 0, right, "Last " + VerdictHistory.MINUTES + " minutes", "");
        BoxGrid.title(
                canvas, layout.chartsEnd(), 0, right, "Where", model.setting().relay());
        BoxGrid.title(
                canvas,
                layout.whereEnd(),
                0,
                right,
                "What happened",
                LogPane.place(model.ui().log()));

        CallPane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.callEnd()));
        LevelPane.draw(
                model, AudioDirection.INPUT, BoxGrid.inside(canvas, 0, layout.callEnd(), middle, layout.levelsEnd()));
        LevelPane.draw(
                model,
                AudioDirection.OUTPUT,
                BoxGrid.inside(canvas, middle, layout.callEnd(), right, layout.levelsEnd()));
        ChartsPane.draw(
                model, layout.charts(), BoxGrid.inside(canvas, 0, layout.levelsEnd(), right, layout.chartsEnd()));
        WherePane.draw(model, BoxGrid.inside(canvas, 0, layout.chartsEnd(), right, layout.whereEnd()));
        BoxGrid.inside(canvas, 0, layout.whereEnd(), right, layout.bottom()).target(Target.scrolled());
        LogPane.draw(
                model.ui().log(),
                model.setting().zone(),
                BoxGrid.inside(canvas, 0, layout.whereEnd(), right, layout.bottom()));
    }
}
