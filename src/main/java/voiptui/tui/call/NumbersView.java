package voiptui.tui.call;

import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.pane.BufferPane;
import voiptui.tui.call.pane.CallPane;
import voiptui.tui.call.pane.LevelPane;
import voiptui.tui.call.pane.NetworkPane;
import voiptui.tui.call.pane.RelayPane;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.NumberText;

/** Draws the page of numbers: levels, relay, network and jitter buffer in panes. Pure drawing. */
final class NumbersView {

    private NumbersView() {}

    static void draw(CallModel model, Canvas canvas, NumbersLayout layout) {
        int right = layout.right();
        int middle = layout.middle();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .horizontal(layout.microphoneEnd(), 0, middle)
                .horizontal(layout.speakerEnd(), 0, middle)
                .horizontal(layout.networkEnd(), middle, right)
                .horizontal(layout.panesEnd(), 0, right)
                .vertical(middle, layout.callEnd(), layout.panesEnd())
                .draw(canvas);
        CallTitle.draw(model, canvas, right);
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                middle,
                "Microphone",
                CallTitle.deviceOf(model.audio().microphone()));
        BoxGrid.title(
                canvas,
                layout.microphoneEnd(),
                0,
                middle,
                "Speaker",
                CallTitle.deviceOf(model.audio().speaker()));
        BoxGrid.title(
                canvas, layout.speakerEnd(), 0, middle, "Relay", model.setting().relay());
        BoxGrid.title(canvas, layout.callEnd(), middle, right, "Network", roundTrip(model, right - middle));
        BoxGrid.title(canvas, layout.networkEnd(), middle, right, "Jitter buffer", "");
        BoxGrid.title(
                canvas,
                layout.panesEnd(),
                0,
                right,
                "Log",
                LogPane.place(model.ui().log()));

        CallPane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.callEnd()));
        LevelPane.draw(
                model,
                AudioDirection.INPUT,
                BoxGrid.inside(canvas, 0, layout.callEnd(), middle, layout.microphoneEnd()));
        LevelPane.draw(
                model,
                AudioDirection.OUTPUT,
                BoxGrid.inside(canvas, 0, layout.microphoneEnd(), middle, layout.speakerEnd()));
        RelayPane.draw(model, BoxGrid.inside(canvas, 0, layout.speakerEnd(), middle, layout.panesEnd()));
        NetworkPane.draw(model, BoxGrid.inside(canvas, middle, layout.callEnd(), right, layout.networkEnd()));
        BufferPane.draw(model, BoxGrid.inside(canvas, middle, layout.networkEnd(), right, layout.panesEnd()));
        BoxGrid.inside(canvas, 0, layout.panesEnd(), right, layout.bottom()).target(Target.scrolled());
        LogPane.draw(
                model.ui().log(),
                model.setting().zone(),
                BoxGrid.inside(canvas, 0, layout.panesEnd(), right, layout.bottom()));
    }

    /** Returns the round trip to the peer, for the pane's title; empty if unknown. */
    private static String roundTrip(CallModel model, int columns) {
        CallEvent.PeerReport report = model.quality().peer().last();
        return report == null || report.rttMs() == null
                ? ""
                : (columns < 36 ? "rtt " : "round trip ") + NumberText.ms(report.rttMs());
    }
}
