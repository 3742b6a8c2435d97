package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.report.Printable;
import voiptui.tui.Next;
import voiptui.tui.Program;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.input.KeyPhase;
import voiptui.tui.widget.ChangedPeerBox;

/** The call screen as a program: run by a loop, or embedded in the phone screen. */
public final class CallProgram implements Program<CallModel> {

    @Override
    public Next<CallModel> onEvent(CallModel model, Event event, long nowMs) {
        return Next.show(CallUpdate.onEvent(model, event, nowMs));
    }

    @Override
    public Next<CallModel> onKey(CallModel model, KeyStroke key, long nowMs) {
        return PushToTalk.isTalkKey(model, key)
                ? PushToTalk.onPress(model)
                : CallKeys.onKey(PushToTalk.interrupted(model), key);
    }

    @Override
    public Next<CallModel> onHeldKey(CallModel model, KeyStroke key, KeyPhase phase, long nowMs) {
        if (isTalkKey(model, key)) {
            return PushToTalk.onHeldKey(model, phase, nowMs);
        }
        return phase == KeyPhase.RELEASED ? Next.show(model) : onKey(model, key, nowMs);
    }

    @Override
    public Next<CallModel> onPaste(CallModel model, String text, long nowMs) {
        return Next.show(CallKeys.onPaste(model, text));
    }

    @Override
    public Next<CallModel> onRow(CallModel model, String id, long nowMs) {
        return CallKeys.onRow(model, id);
    }

    /** Returns whether the key is that of push to talk, and talks now. */
    public static boolean isTalkKey(CallModel model, KeyStroke key) {
        return PushToTalk.isTalkKey(model, key);
    }

    @Override
    public Next<CallModel> onFocusLost(CallModel model, long nowMs) {
        return PushToTalk.onReleased(model);
    }

    @Override
    public Next<CallModel> onTick(CallModel model, long nowMs) {
        return PushToTalk.onTick(CallUpdate.onTick(model, nowMs), nowMs);
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

    /**
     * Draws the question whether to connect somebody whose fingerprint has changed.
     *
     * @param quit the key that hangs up
     */
    public static void drawQuestion(CallEvent.PeerChanged question, String quit, Canvas canvas) {
        Canvas keys = ChangedPeerBox.draw(
                canvas,
                "Call",
                "connected to " + Printable.of(question.peer()) + "?",
                Style.QUESTION,
                question.knownFingerprint(),
                question.fingerprint());
        int column = keys.put(0, 0, "y", Style.ACCENT);
        column = keys.put(column + 1, 0, "connect all the same", Style.TEXT);
        column = keys.put(column + 3, 0, quit, Style.ACCENT);
        keys.put(column + 1, 0, "hang up", Style.TEXT);
    }

    /** Returns the summary of a call that is over, in one printable line. */
    public static String oneLine(CallModel model) {
        return CallSummary.oneLine(model);
    }
}
