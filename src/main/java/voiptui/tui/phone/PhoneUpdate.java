package voiptui.tui.phone;

import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.report.CallText;
import voiptui.report.EventText;
import voiptui.tui.Next;
import voiptui.tui.call.CallModel;
import voiptui.tui.call.CallProgram;
import voiptui.tui.phone.PhoneModel.Page;
import voiptui.tui.phone.PhoneModel.Ringing;
import voiptui.tui.phone.PhoneModel.Talk;
import voiptui.tui.phone.PhoneModel.Tally;
import voiptui.tui.widget.LogLines;

/** What an event or the time makes of the model. Pure; the same model where nothing changes that is seen. */
final class PhoneUpdate {

    /** The bell rings so often. */
    static final long BELL_MS = 3000;
    /** Who was typing as a call came shall not take it with the next letter. */
    static final long DEAF_MS = 1000;

    private static final long SECOND_MS = 1000;
    private static final long MINUTE_MS = 60_000;
    private static final CallProgram CALL = new CallProgram();

    private PhoneUpdate() {}

    /** Something happened. */
    static Next<PhoneModel> onEvent(PhoneModel model, Event event, long nowMs) {
        PhoneModel next = model;
        if (event instanceof CallEvent callEvent) {
            next = onCallEvent(model, callEvent, nowMs);
        } else if (event instanceof SessionEvent lineEvent) {
            next = ofCall(log(model, event, nowMs), event, nowMs)
                    .with(model.line().with(lineEvent, nowMs));
        } else if (event instanceof PhoneEvent phoneEvent) {
            next = onPhoneEvent(log(model, event, nowMs), phoneEvent, nowMs);
        }
        next = next == model ? model : next.at(nowMs);
        return event instanceof PhoneEvent.Incoming && model.setting().ring() ? Next.ring(next) : Next.show(next);
    }

    private static PhoneModel onPhoneEvent(PhoneModel model, PhoneEvent event, long nowMs) {
        if (event instanceof PhoneEvent.Contacts listed) {
            return listed.contacts().equals(model.contacts()) ? model : model.withContacts(listed.contacts());
        } else if (event instanceof PhoneEvent.Incoming incoming) {
            boolean typing = model.desk().page() == Page.TYPING;
            return model.with(new Ringing(incoming.from(), nowMs, nowMs + BELL_MS, typing ? nowMs + DEAF_MS : 0))
                    .with(model.desk().asked(false));
        } else if (event instanceof PhoneEvent.RingingEnded) {
            return model.with((Ringing) null).with(model.desk().asked(false));
        } else if (event instanceof PhoneEvent.Missed missed) {
            Tally tally = model.tally();
            return model.withMissed(new PhoneModel.MissedCall(missed.from(), missed.atMs(), false))
                    .with(new Tally(tally.made(), tally.taken(), tally.missed() + 1));
        } else if (event instanceof PhoneEvent.CallStarted began) {
            return begin(model, began, nowMs);
        } else if (event instanceof PhoneEvent.PhoneStopped off) {
            return model.with(off);
        }
        return model;
    }

    private static PhoneModel begin(PhoneModel model, PhoneEvent.CallStarted began, long nowMs) {
        PhoneModel.Setting setting = model.setting();
        CallModel call = CallModel.first(
                        new CallModel.Setting(setting.relay(), began.peer(), setting.logFile(), setting.zone(), true),
                        nowMs)
                .with(model.line());
        Tally tally = model.tally();
        boolean ours = began.outgoing();
        return model.withLastCall("")
                .with((Ringing) null)
                .with(new Talk(call, ours, false))
                .with(model.desk().at(Page.IDLE).asked(false))
                .with(new Tally(tally.made() + (ours ? 1 : 0), tally.taken() + (ours ? 0 : 1), tally.missed()));
    }

    private static PhoneModel onCallEvent(PhoneModel model, CallEvent event, long nowMs) {
        PhoneModel next = ofCall(model, event, nowMs);
        if (next.talk() == null || !(event instanceof CallEvent.Summary)) {
            return next;
        }
        CallModel call = next.talk().call();
        String words = CallProgram.inShort(call);
        boolean warning = CallText.isWarning(call.state().changed());
        return next.withLastCall(words).with(next.log().with(new LogLines.Line(nowMs, words, warning)));
    }

    /** What the event makes of the call, if there is one. */
    private static PhoneModel ofCall(PhoneModel model, Event event, long nowMs) {
        Talk talk = model.talk();
        if (talk == null) {
            return model;
        }
        CallModel call = CALL.onEvent(talk.call(), event, nowMs).model();
        boolean reached = talk.reached()
                || event instanceof CallEvent.Connected
                || call.state().name() == CallState.IN_CALL;
        return model.with(new Talk(call, talk.outgoing(), reached));
    }

    private static PhoneModel log(PhoneModel model, Event event, long nowMs) {
        String words =
                new EventText(model.setting().relay(), "", model.setting().zone()).of(event);
        if (words.isEmpty()) {
            return model;
        }
        LogLines.Line line = new LogLines.Line(nowMs, words, EventText.isWarning(event));
        Talk talk = model.talk();
        // Of the line the call's own log tells by itself; of who else called it would know nothing.
        boolean tell = talk != null && event instanceof PhoneEvent;
        PhoneModel next = model.with(model.log().with(line));
        return !tell
                ? next
                : next.with(new Talk(talk.call().with(talk.call().log().with(line)), talk.outgoing(), talk.reached()));
    }

    /** Time went on. */
    static Next<PhoneModel> onTick(PhoneModel model, long nowMs) {
        Ringing ringing = model.ringing();
        PhoneModel next = isNews(model, nowMs) ? tick(model, nowMs) : model;
        if (ringing == null || nowMs < ringing.bellMs() || !model.setting().ring()) {
            return Next.show(next);
        }
        return Next.ring(next.with(ringing.withBell(nowMs + BELL_MS)));
    }

    private static PhoneModel tick(PhoneModel model, long nowMs) {
        Talk talk = model.talk();
        PhoneModel next = talk == null
                ? model
                : model.with(new Talk(CALL.onTick(talk.call(), nowMs).model(), talk.outgoing(), talk.reached()));
        return next.at(nowMs);
    }

    /** Whether anything on the screen is counted so exactly that it is another by now: nothing else is drawn anew. */
    private static boolean isNews(PhoneModel model, long nowMs) {
        if (model.talk() != null && !model.talk().isDialing()) {
            return true;
        }
        boolean inSeconds =
                model.talk() != null || model.ringing() != null || model.line().lost() != null;
        long step = inSeconds ? SECOND_MS : MINUTE_MS;
        return nowMs / step != model.nowMs() / step;
    }
}
