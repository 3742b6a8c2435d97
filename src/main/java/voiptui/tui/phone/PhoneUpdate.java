package voiptui.tui.phone;

import java.util.List;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.report.CallText;
import voiptui.report.EventText;
import voiptui.report.PhoneText;
import voiptui.report.Printable;
import voiptui.tui.Next;
import voiptui.tui.call.CallProgram;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.device.Headset;
import voiptui.tui.phone.PhoneCalls.ActiveCall;
import voiptui.tui.phone.PhoneCalls.IncomingCall;
import voiptui.tui.phone.PhoneUi.Page;
import voiptui.tui.widget.LogLines;

/** Computes the model after an event or a tick. Pure; returns the same model if nothing visible changes. */
final class PhoneUpdate {

    /** The interval of the bell. */
    static final long BELL_MS = 3000;
    /** After a call interrupts typing, keys do not answer it for this long. */
    static final long IGNORE_KEYS_MS = 1000;

    private static final long SECOND_MS = 1000;
    private static final long MINUTE_MS = 60_000;
    private static final CallProgram CALL = new CallProgram();

    private PhoneUpdate() {}

    /** Returns what follows from an event. */
    static Next<PhoneModel> onEvent(PhoneModel model, Event event, long nowMs) {
        PhoneModel next = model;
        if (event instanceof CallEvent callEvent) {
            next = onCallEvent(model, callEvent, nowMs);
        } else if (event instanceof VoiceEvent) {
            next = toCall(model, event, nowMs);
        } else if (event instanceof SessionEvent sessionEvent) {
            next = toCall(log(model, event, nowMs), event, nowMs)
                    .with(model.session().with(sessionEvent, nowMs));
        } else if (event instanceof PhoneEvent phoneEvent) {
            next = onPhoneEvent(onDeviceEvent(log(model, event, nowMs), event, nowMs), phoneEvent, nowMs);
        }
        next = next == model ? model : next.at(nowMs);
        return event instanceof PhoneEvent.Incoming && model.setting().ring() ? Next.ring(next) : Next.show(next);
    }

    private static PhoneModel onPhoneEvent(PhoneModel model, PhoneEvent event, long nowMs) {
        if (event instanceof PhoneEvent.Contacts listed) {
            return listed.contacts().equals(model.contacts()) ? model : listing(model, listed.contacts());
        } else if (event instanceof PhoneEvent.Incoming incoming) {
            long ignoreUntilMs = model.ui().isTyping() ? nowMs + IGNORE_KEYS_MS : 0;
            return ringing(
                    model, model.calls().ringing(new IncomingCall(incoming, nowMs, nowMs + BELL_MS, ignoreUntilMs)));
        } else if (event instanceof PhoneEvent.RingingEnded ended) {
            PhoneCalls calls = model.calls().notRinging(ended.from());
            return ringing(model, ended.answered() ? calls : calls.lastly(PhoneText.notAnswered(ended)));
        } else if (event instanceof PhoneEvent.BlockedPeers blocked) {
            return model.with(model.calls().blocking(blocked.peers()));
        } else if (event instanceof PhoneEvent.RecentCalls recent) {
            return model.with(model.calls().recent(RecentRow.of(recent.calls())));
        } else if (event instanceof PhoneEvent.EchoTest test) {
            return onEchoTest(model, test);
        } else if (event instanceof PhoneEvent.FavoriteFailed) {
            return model.with(model.calls().lastly(text(model, event)));
        } else if (event instanceof PhoneEvent.Missed missed) {
            return model.with(model.calls().missed(missed.from(), missed.atMs()));
        } else if (event instanceof PhoneEvent.MissedEarlier missed) {
            return model.with(model.calls().missedEarlier(missed.calls()));
        } else if (event instanceof PhoneEvent.CallStarted started) {
            return start(model, started, nowMs);
        } else if (event instanceof PhoneEvent.DialFailed failed) {
            return refusing(model, failed.problem(), text(model, event));
        } else if (event instanceof PhoneEvent.CommandRefused refused) {
            return refusing(model, refused.problem(), text(model, event));
        } else if (event instanceof PhoneEvent.NobodyCalled) {
            return refusing(model, text(model, event), text(model, event));
        } else if (event instanceof PhoneEvent.DoNotDisturb changed) {
            return model.withDoNotDisturb(changed.on());
        } else if (event instanceof PhoneEvent.PhoneStopped stopped) {
            return model.with(stopped);
        }
        return model;
    }

    /** The first contact is selected as long as the user selects no other, and stays so where new ones come before it. */
    private static PhoneModel listing(PhoneModel model, List<PhoneEvent.Contact> contacts) {
        PhoneModel next = model.with(contacts);
        PhoneEvent.Contact selected = next.selected();
        return selected == null || model.ui().page() == Page.BLOCKED
                ? next
                : next.with(model.ui().selecting(selected.name()));
    }

    /**
     * Says in the field for a name or an address what is wrong with its text, or, if it is not open, in the state of the phone why
     * nobody is called.
     */
    private static PhoneModel refusing(PhoneModel model, String problem, String line) {
        return model.ui().page() != Page.DIAL
                ? model.with(model.calls().lastly(line))
                : model.with(model.ui().dialing(model.ui().dial().refusing(Printable.of(problem))));
    }

    private static PhoneModel ringing(PhoneModel model, PhoneCalls calls) {
        PhoneModel next = closingDevices(model).with(calls);
        return next.with(next.ui().quitAsked(false));
    }

    /** A test that starts makes the failure of the one before it history. */
    private static PhoneModel onEchoTest(PhoneModel model, PhoneEvent.EchoTest test) {
        return test.problem().isEmpty() && test.state() != PhoneEvent.EchoTestState.OPENING
                ? model
                : model.with(model.calls().lastly(text(model, test)));
    }

    /** A call needs the devices that are being chosen. */
    private static PhoneModel closingDevices(PhoneModel model) {
        return model.ui().page() == Page.DEVICES ? model.with(model.ui().at(Page.IDLE)) : model;
    }

    private static PhoneModel onDeviceEvent(PhoneModel model, Event event, long nowMs) {
        Headset headset = model.headset().after(event, nowMs);
        return headset == model.headset() ? model : model.with(headset);
    }

    private static PhoneModel start(PhoneModel model, PhoneEvent.CallStarted started, long nowMs) {
        PhoneModel.Setting setting = model.setting();
        CallModel call = CallModel.first(
                new CallModel.Setting(
                        setting.relay(), started.peer(), setting.logFile(), setting.zone(), true, setting.controls()),
                nowMs);
        return model.with(model.calls().started(call.with(call.relay().with(model.session())), started.outgoing()))
                .with(model.ui().at(Page.IDLE).quitAsked(false));
    }

    private static PhoneModel onCallEvent(PhoneModel model, CallEvent event, long nowMs) {
        if (model.calls().active() == null) {
            return event instanceof CallEvent.AudioRefused
                    ? log(model, event, nowMs).with(model.calls().lastly(text(model, event)))
                    : onDeviceEvent(model, event, nowMs);
        }
        PhoneModel next = toCall(model, event, nowMs);
        ActiveCall active = next.calls().active();
        if (active == null || !(event instanceof CallEvent.Summary)) {
            return next;
        }
        String summary = CallProgram.oneLine(active.call());
        boolean warning = CallText.isWarning(active.call().state().changed());
        LogLines log = next.ui().log().with(new LogLines.Line(nowMs, summary, warning));
        return next.with(next.calls().ended(summary)).with(next.ui().with(log));
    }

    /** Passes an event to the active call, if there is one. */
    private static PhoneModel toCall(PhoneModel model, Event event, long nowMs) {
        ActiveCall active = model.calls().active();
        if (active == null) {
            return model;
        }
        CallModel call = CALL.onEvent(active.call(), event, nowMs).model();
        boolean answered = active.answered() || event instanceof CallEvent.Connected || call.isInCall();
        return model.with(model.calls().with(new ActiveCall(call, active.outgoing(), answered)));
    }

    private static String text(PhoneModel model, Event event) {
        return new EventText(model.setting().relay(), "", model.setting().zone()).of(event)
                + PhoneText.suggestion(event, model.contacts());
    }

    private static PhoneModel log(PhoneModel model, Event event, long nowMs) {
        String text = text(model, event);
        if (text.isEmpty()) {
            return model;
        }
        LogLines.Line line = new LogLines.Line(nowMs, text, EventText.isWarning(event));
        PhoneModel next = model.with(model.ui().with(model.ui().log().with(line)));
        ActiveCall active = model.calls().active();
        // The call logs session events itself, but does not know of other callers.
        if (active == null || !(event instanceof PhoneEvent)) {
            return next;
        }
        CallModel call = active.call();
        return next.with(next.calls().with(active.with(call.with(call.ui().with(line)))));
    }

    /** Returns what follows from the passing of time. */
    static Next<PhoneModel> onTick(PhoneModel model, long nowMs) {
        IncomingCall incoming = model.calls().incoming();
        Next<PhoneModel> next = isVisible(model, nowMs) ? tick(model, nowMs) : Next.show(model);
        boolean rings = incoming != null
                && nowMs >= incoming.bellMs()
                && model.setting().ring();
        PhoneModel after = rings ? next.model().with(next.model().calls().withBell(nowMs + BELL_MS)) : next.model();
        return new Next<>(after, next.commands(), rings);
    }

    private static Next<PhoneModel> tick(PhoneModel model, long nowMs) {
        ActiveCall active = model.calls().active();
        Headset headset = model.headset().fallen(model.nowMs(), nowMs);
        PhoneModel later = model.with(headset).at(nowMs);
        if (active == null) {
            return Next.show(later);
        }
        Next<CallModel> call = CALL.onTick(active.call(), nowMs);
        return new Next<>(later.with(later.calls().with(active.with(call.model()))), call.commands(), false);
    }

    /** Returns whether the new time changes anything on the screen; if not, nothing is redrawn. */
    private static boolean isVisible(PhoneModel model, long nowMs) {
        ActiveCall active = model.calls().active();
        if (active != null && !active.isDialing() || model.headset().isTesting()) {
            return true;
        }
        boolean showsSeconds = active != null
                || model.calls().incoming() != null
                || model.session().outage() != null;
        long step = showsSeconds ? SECOND_MS : MINUTE_MS;
        return nowMs / step != model.nowMs() / step;
    }
}
