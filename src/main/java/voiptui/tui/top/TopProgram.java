package voiptui.tui.top;

import com.googlecode.lanterna.input.KeyStroke;
import java.time.ZoneId;
import voiptui.event.Event;
import voiptui.tui.Next;
import voiptui.tui.Program;
import voiptui.tui.key.Keymap;
import voiptui.tui.terminal.Canvas;

/**
 * The relay's screen as a program for the loop. Issues {@link voiptui.event.Command.HangUp} when the relay should stop; is
 * over when the relay has stopped.
 */
final class TopProgram implements Program<TopModel> {

    private final ZoneId zone;
    private final Keymap keys;

    /** Creates a program that shows times of day in this zone. */
    TopProgram(ZoneId zone, Keymap keys) {
        this.zone = zone;
        this.keys = keys;
    }

    @Override
    public Next<TopModel> onEvent(TopModel model, Event event, long nowMs) {
        return Next.show(TopUpdate.onEvent(model, event, nowMs));
    }

    @Override
    public Next<TopModel> onKey(TopModel model, KeyStroke key, long nowMs) {
        return TopUpdate.onKey(model, keys, key);
    }

    @Override
    public Next<TopModel> onRow(TopModel model, String id, long nowMs) {
        return Next.show(model.with(model.clients().selecting(id)));
    }

    @Override
    public Next<TopModel> onTick(TopModel model, long nowMs) {
        return Next.show(model);
    }

    @Override
    public Next<TopModel> onTerminalGone(TopModel model) {
        return TopUpdate.stop(model);
    }

    @Override
    public boolean isOver(TopModel model) {
        return model.isOver();
    }

    @Override
    public void draw(TopModel model, Canvas canvas) {
        TopView.draw(model, zone, keys, canvas);
    }
}
