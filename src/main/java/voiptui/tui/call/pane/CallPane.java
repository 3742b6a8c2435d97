package voiptui.tui.call.pane;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.VoiceEvent;
import voiptui.report.CodecText;
import voiptui.report.Printable;
import voiptui.report.QualityText;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallAudio;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallProgress;
import voiptui.tui.call.model.VerdictHistory;
import voiptui.tui.key.CallAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.GradeStyle;
import voiptui.tui.widget.NumberText;

/** The state of the call, its duration, and the most urgent notice. */
public final class CallPane {

    /** The call enters {@link CallState#PEER_SILENT} after this long. */
    private static final long PEER_SILENT_MS = 5000;

    private record Notice(String text, Style style) {}

    private CallPane() {}

    /** Draws the pane. */
    public static void draw(CallModel model, Canvas canvas) {
        Glyphs glyphs = canvas.glyphs();
        CallProgress.State state = model.state();
        Style style = styleOf(state.name());
        String duration = state.answeredMs() == 0 ? "" : NumberText.duration(model.nowMs() - state.answeredMs());
        int room = canvas.width() - (duration.isEmpty() ? 0 : duration.length() + 2);
        Notice verdict = state.name() == CallState.IN_CALL ? verdict(model) : null;
        boolean alert = verdict != null && verdict.style() != Style.GOOD;
        canvas.put(
                0, 0, alert ? glyphs.alert() : signOf(state.name(), glyphs), verdict == null ? style : verdict.style());
        canvas.part(2, 0, room - 2, 1)
                .put(0, 0, verdict == null ? text(model) : verdict.text(), verdict == null ? style : verdict.style());
        canvas.putRight(canvas.width(), 0, duration, Style.TEXT);

        int end = drawBadges(model, canvas);
        Notice notice = notice(model, glyphs);
        canvas.part(2, 1, end - 2, 1).put(0, 0, notice.text(), notice.style());
    }

    /** Draws what is switched on, from the right. Returns the column where it begins. */
    private static int drawBadges(CallModel model, Canvas canvas) {
        int end = canvas.width();
        if (model.audio().onHold()) {
            canvas.putRight(end, 1, "ON HOLD", Style.WARN);
            end -= 9;
        }
        if (model.audio().mute().on()) {
            canvas.putRight(end, 1, "MUTED", Style.WARN);
            end -= 7;
        } else if (model.setting().controls().pushToTalk()) {
            canvas.putRight(end, 1, "TALKING", Style.GOOD);
            end -= 9;
        }
        int unread = model.ui().texts().unread();
        if (unread > 0) {
            String badge = unread + (unread == 1 ? " NEW TEXT" : " NEW TEXTS");
            canvas.putRight(end, 1, badge, Style.ACCENT);
            end -= badge.length() + 2;
        }
        CallAudio.RecordingFile recording = model.audio().recording();
        if (recording != null) {
            String badge = canvas.glyphs().on() + " REC " + NumberText.duration(model.nowMs() - recording.sinceMs());
            canvas.putRight(end, 1, badge, Style.BAD);
            end -= badge.length() + 2;
        }
        if (model.progress().isPeerRecording()) {
            String badge = canvas.glyphs().on() + " " + PeerName.of(model, canvas.glyphs()) + " is recording";
            canvas.putRight(end, 1, badge, Style.BAD);
            end -= badge.length() + 2;
        }
        if (model.session().fellBack()) {
            canvas.putRight(end, 1, "IN THE CLEAR", Style.WARN);
            end -= 14;
        }
        return end;
    }

    /** Returns how good the call is, for whom it is worse; null: not known yet. */
    private static @Nullable Notice verdict(CallModel model) {
        VerdictHistory verdict = model.quality().verdict();
        MediaDirection worse = verdict.worse();
        VoiceEvent.Quality last = verdict.last();
        Grade grade = worse == null || last == null ? null : last.of(worse).grade();
        if (worse == null || last == null || grade == null) {
            return null;
        }
        VoiceEvent.Assessment now = last.of(worse);
        if (grade == Grade.GOOD && now.cause() == QualityCause.NONE) {
            return new Notice(text(model) + ": GOOD", Style.GOOD);
        }
        String text = new QualityText(model.setting().peer()).verdict(worse, now);
        return new Notice(text, GradeStyle.of(grade));
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

    private static String text(CallModel model) {
        CallProgress.State state = model.state();
        CallEvent.StateChanged changed = state.changed();
        String peer = Printable.of(model.setting().peer());
        return switch (state.name()) {
            case CONNECTING ->
                "connecting to " + Printable.of(model.setting().relay())
                        + (changed.attempt() == 0
                                ? ""
                                : ", attempt " + changed.attempt()
                                        + (changed.attempts() == 0 ? "" : " of " + changed.attempts()))
                        + retry(model);
            case WAITING ->
                model.isV2() ? peer + " is offline; will ring when they sign in" : "waiting for " + peer + " to call";
            case RINGING -> "ringing " + peer;
            case IN_CALL -> "in call with " + peer;
            case PEER_SILENT ->
                "nothing heard from " + peer + " for "
                        + NumberText.ago(model.nowMs() - state.sinceMs() + PEER_SILENT_MS);
            case RELAY_LOST ->
                "relay lost" + (changed.attempt() > 1 ? ", attempt " + changed.attempt() : "") + retry(model);
            case ENDED ->
                "ended: " + (changed.reason() == null ? "" : changed.reason().text());
        };
    }

    private static String retry(CallModel model) {
        String left = NumberText.countdown(model.state().retryAtMs(), model.nowMs());
        return left.isEmpty() ? "" : ", retrying in " + left;
    }

    /** Returns the most urgent notice, or the codec if all is well. */
    private static Notice notice(CallModel model, Glyphs glyphs) {
        AudioLevel microphone = model.audio().microphone();
        String devices = model.keys().shown(CallAction.DEVICES);
        CallState state = model.state().name();
        String detail = model.state().changed().detail();
        if ((state == CallState.RELAY_LOST || state == CallState.CONNECTING) && !detail.isEmpty()) {
            return new Notice(Printable.of(detail), Style.WARN);
        }
        for (AudioLevel level : new AudioLevel[] {microphone, model.audio().speaker()}) {
            String problem = level.device().problem();
            if (problem != null) {
                String missing = "no " + level.direction().label() + " (" + Printable.of(problem) + ")";
                return new Notice(missing + ": press " + devices + " to choose", Style.WARN);
            }
        }
        VoiceEvent.ReplayProgress replay = model.quality().voice().replay();
        if (replay != null) {
            return new Notice(text(replay), Style.ACCENT);
        }
        if (model.audio().mute().isTalking()) {
            String unmute = model.setting().controls().pushToTalk()
                    ? "press " + model.keys().shown(CallAction.TALK) + " to talk"
                    : "press " + model.keys().shown(CallAction.MUTE) + " to unmute";
            return new Notice("you are talking, but muted: " + unmute, Style.WARN);
        }
        if (microphone.silentSinceMs() > 0 && !model.audio().mute().on()) {
            return new Notice(
                    "microphone silent for " + NumberText.ago(model.nowMs() - microphone.silentSinceMs())
                            + ": muted in the system? press " + devices + " to choose another",
                    Style.WARN);
        }
        if (model.progress().isPeerHolding()) {
            return new Notice(PeerName.of(model, glyphs) + " has put the call on hold", Style.WARN);
        }
        if (model.progress().isPeerMuted()) {
            return new Notice(PeerName.of(model, glyphs) + " is muted", Style.WARN);
        }
        return new Notice(codec(model), Style.LABEL);
    }

    private static String text(VoiceEvent.ReplayProgress replay) {
        return String.format(
                        Locale.ROOT,
                        "replaying -%.0f s, live in %.0f s",
                        Math.ceil(replay.behindMs() / 1000),
                        Math.ceil(replay.liveInMs() / 1000))
                + switch (replay.missing()) {
                    case 0 -> "";
                    case 1 -> "; 1 packet still missing";
                    default -> "; " + replay.missing() + " packets still missing";
                };
    }

    private static String codec(CallModel model) {
        CallEvent.Connected connected = model.progress().connected();
        if (connected != null) {
            return CodecText.of(connected) + (connected.packets().equals("classic") ? ", classic packets" : "");
        }
        CallEvent.Calling calling = model.progress().calling();
        return calling == null || calling.codec().isEmpty()
                ? ""
                : CodecText.of(calling.codec(), calling.sampleRateHz(), calling.bitrateKbps())
                        + (calling.localPort() > 0 ? ", UDP port " + calling.localPort() : "");
    }
}
