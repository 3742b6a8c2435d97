package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.tui.Next;
import voiptui.tui.Program;
import voiptui.tui.terminal.Canvas;

/** The screen of a call as the loop sees it, or another screen that it is a part of. */
public final class CallProgram implements Program<CallModel> {

    @Override
    public Next<CallModel> onEvent(CallModel model, Event event, long nowMs) {
        return Next.show(CallUpdate.onEvent(model, event, nowMs));
    }

    @Override
    public Next<CallModel> onKey(CallModel model, KeyStroke key, long nowMs) {
        return CallKeys.onKey(model, key);
    }

    @Override
    public Next<CallModel> onTick(CallModel model, long nowMs) {
        return Next.show(CallUpdate.onTick(model, nowMs));
    }

    @Override
    public Next<CallModel> onTerminalGone(CallModel model) {
        return Next.ask(model, new Command.HangUp());
    }

    @Override
    public boolean isOver(CallModel model) {
        return model.summary() != null;
    }

    @Override
    public void draw(CallModel model, Canvas canvas) {
        CallView.draw(model, canvas);
    }

    /** How a call that is over was, in one line without anything that could steer a terminal. */
    public static String inShort(CallModel model) {
        return CallSummary.inShort(model);
    }
}
