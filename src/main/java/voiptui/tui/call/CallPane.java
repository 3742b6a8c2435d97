package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.report.CodecText;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** Where the call stands, how long it has lasted, and what most needs to be looked at. */
final class CallPane {

    /** A peer is called silent when it has been for so long. */
    private static final long PEER_SILENT_MS = 5000;

    private record Notice(String text, Style style) {}

    private CallPane() {}

    static void draw(CallModel model, Canvas canvas) {
        Glyphs glyphs = canvas.glyphs();
        Style style = styleOf(model.state().name());
        String duration = model.state().answeredMs() == 0
                ? ""
                : "since "
                        + NumberText.timeOfDay(
                                model.state().answeredMs(), model.setting().zone()) + "   "
                        + NumberText.duration(model.nowMs() - model.state().answeredMs());
        int room = canvas.width() - (duration.isEmpty() ? 0 : duration.length() + 2);
        canvas.put(0, 0, signOf(model.state().name(), glyphs), style);
        canvas.part(2, 0, room - 2, 1).put(0, 0, words(model), style);
        canvas.putRight(canvas.width(), 0, duration, Style.TEXT);

        int end = drawBadges(model, canvas);
        Notice notice = notice(model);
        canvas.part(2, 1, end - 2, 1).put(0, 0, notice.text(), notice.style());
    }

    /** Draws what is switched on, from the right; returns the column where it begins. */
    private static int drawBadges(CallModel model, Canvas canvas) {
        int end = canvas.width();
        if (model.muting().on()) {
            canvas.putRight(end, 1, "MUTED", Style.WARN);
            end -= 7;
        }
        if (model.recording() != null) {
            String badge = canvas.glyphs().on() + " REC "
                    + NumberText.duration(model.nowMs() - model.recording().sinceMs());
            canvas.putRight(end, 1, badge, Style.BAD);
            end -= badge.length() + 2;
        }
        if (model.line().fellBack()) {
            canvas.putRight(end, 1, "IN THE CLEAR", Style.WARN);
            end -= 14;
        }
        return end;
    }

    private static char signOf(CallState state, Glyphs glyphs) {
        return switch (state) {
            case CONNECTING, WAITING, RINGING, ENDED -> glyphs.off();
            case IN_CALL -> glyphs.on();
            case PEER_SILENT, RELAY_LOST -> glyphs.alert();
        };
    }

    private static Style styleOf(CallState state) {
        return switch (state) {
            case CONNECTING, WAITING, RINGING -> Style.ACCENT;
            case IN_CALL -> Style.GOOD;
            case PEER_SILENT -> Style.WARN;
            case RELAY_LOST -> Style.BAD;
            case ENDED -> Style.TEXT;
        };
    }

    private static String words(CallModel model) {
        CallModel.State state = model.state();
        CallEvent.StateChanged changed = state.changed();
        String peer = Printable.of(model.setting().peer());
        return switch (state.name()) {
            case CONNECTING ->
                "connecting to " + Printable.of(model.setting().relay())
                        + (changed.attempt() == 0
                                ? ""
                                : ", attempt " + changed.attempt()
                                        + (changed.attempts() == 0 ? "" : " of " + changed.attempts()))
                        + countdown(", again in ", model);
            case WAITING -> "waiting for " + peer + (model.isByName() ? " to come" : " to call");
            case RINGING -> "ringing at " + peer;
            case IN_CALL -> "in call with " + peer;
            case PEER_SILENT ->
                "nothing heard from " + peer + " for "
                        + NumberText.ago(model.nowMs() - state.sinceMs() + PEER_SILENT_MS);
            case RELAY_LOST ->
                "relay lost" + (changed.attempt() > 1 ? ", attempt " + changed.attempt() : "")
                        + countdown(", trying again in ", model);
            case ENDED -> "ended: " + changed.reason().text();
        };
    }

    private static String countdown(String words, CallModel model) {
        long leftMs = model.state().retryAtMs() - model.nowMs();
        return leftMs <= 0 ? "" : words + (leftMs + 999) / 1000 + " s";
    }

    /** What most needs to be looked at, or how sound is sent when all is well. */
    private static Notice notice(CallModel model) {
        CallModel.Level microphone = model.microphone();
        CallState state = model.state().name();
        if ((state == CallState.RELAY_LOST || state == CallState.CONNECTING)
                && !model.state().changed().detail().isEmpty()) {
            return new Notice(Printable.of(model.state().changed().detail()), Style.WARN);
        }
        if (microphone.problem() != null || model.speaker().problem() != null) {
            CallModel.Level lost = microphone.problem() != null ? microphone : model.speaker();
            return new Notice(
                    "no " + lost.direction().label() + " (" + Printable.of(lost.problem()) + "): d to choose",
                    Style.WARN);
        }
        if (model.muting().isTalking()) {
            return new Notice("you are talking, but muted: m to be heard", Style.WARN);
        }
        if (microphone.silentSinceMs() > 0 && !model.muting().on()) {
            return new Notice(
                    "microphone silent for " + NumberText.ago(model.nowMs() - microphone.silentSinceMs())
                            + ": muted at the system, wrong device? d to choose",
                    Style.WARN);
        }
        return new Notice(codec(model), Style.LABEL);
    }

    private static String codec(CallModel model) {
        if (model.connected() != null) {
            return CodecText.of(model.connected())
                    + (model.connected().packets().equals("classic") ? ", classic packets" : "");
        }
        CallEvent.Calling calling = model.calling();
        return calling == null || calling.codec().isEmpty()
                ? ""
                : CodecText.of(calling.codec(), calling.sampleRateHz(), calling.bitrateKbps())
                        + (calling.localPort() > 0 ? ", UDP port " + calling.localPort() : "");
    }
}
