package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.Event;
import voiptui.tui.Next;
import voiptui.tui.Program;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.input.KeyPhase;

/** The phone screen as a program for the loop. */
final class PhoneProgram implements Program<PhoneModel> {

    @Override
    public Next<PhoneModel> onEvent(PhoneModel model, Event event, long nowMs) {
        return PhoneUpdate.onEvent(model, event, nowMs);
    }

    @Override
    public Next<PhoneModel> onKey(PhoneModel model, KeyStroke key, long nowMs) {
        return PhoneKeys.onKey(model, key, nowMs);
    }

    @Override
    public Next<PhoneModel> onHeldKey(PhoneModel model, KeyStroke key, KeyPhase phase, long nowMs) {
        return PhoneKeys.onHeldKey(model, key, phase, nowMs);
    }

    @Override
    public Next<PhoneModel> onRow(PhoneModel model, String id, long nowMs) {
        return PhoneKeys.onRow(model, id, nowMs);
    }

    @Override
    public Next<PhoneModel> onFocusLost(PhoneModel model, long nowMs) {
        return PhoneKeys.onFocusLost(model, nowMs);
    }

    @Override
    public Next<PhoneModel> onPaste(PhoneModel model, String text, long nowMs) {
        return Next.show(PhoneKeys.onPaste(model, text));
    }

    @Override
    public Next<PhoneModel> onTick(PhoneModel model, long nowMs) {
        return PhoneUpdate.onTick(model, nowMs);
    }

    @Override
    public Next<PhoneModel> onTerminalGone(PhoneModel model) {
        return PhoneKeys.quit(model);
    }

    @Override
    public String attention(PhoneModel model) {
        PhoneCalls.IncomingCall ringing = model.calls().incoming();
        return ringing == null ? "" : ringing.caller() + " calling";
    }

    @Override
    public boolean isOver(PhoneModel model) {
        return model.stopped() != null;
    }

    @Override
    public void draw(PhoneModel model, Canvas canvas) {
        PhoneView.draw(model, canvas);
    }
}
