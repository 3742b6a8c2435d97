package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.tui.Next;
import voiptui.tui.Program;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;

/** The call screen as a program: run by a loop, or embedded in the phone screen. */
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
        return model.progress().summary() != null;
    }

    @Override
    public void draw(CallModel model, Canvas canvas) {
        CallView.draw(model, canvas);
    }

    /** Returns the summary of a call that is over, in one printable line. */
    public static String oneLine(CallModel model) {
        return CallSummary.oneLine(model);
    }
}
