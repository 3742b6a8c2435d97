package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Event;
import voiptui.event.SessionEvent;
import voiptui.report.CallText;
import voiptui.report.EventText;
import voiptui.report.SessionText;
import voiptui.tui.widget.LogLines;

/** What an event or the time makes of the model. Pure. */
final class CallUpdate {

    private CallUpdate() {}

    /** Something happened. */
    static CallModel onEvent(CallModel model, Event event, long nowMs) {
        if (event instanceof CallEvent callEvent) {
            return read(log(model.at(nowMs), callEvent, wordsOf(model, callEvent), nowMs), callEvent, nowMs);
        } else if (event instanceof SessionEvent lineEvent) {
            String words = new SessionText(model.setting().relay()).of(lineEvent);
            return log(model.at(nowMs), lineEvent, words, nowMs)
                    .with(model.line().with(lineEvent, nowMs));
        }
        return model;
    }

    /** The summary says what the numbers on the screen say. */
    private static String wordsOf(CallModel model, CallEvent event) {
        return event instanceof CallEvent.Summary
                ? ""
                : new CallText(model.setting().relay(), model.setting().peer(), model.isByName()).of(event);
    }

    private static CallModel log(CallModel model, Event event, String words, long nowMs) {
        return words.isEmpty()
                ? model
                : model.with(model.log().with(new LogLines.Line(nowMs, words, EventText.isWarning(event))));
    }

    private static CallModel read(CallModel model, CallEvent event, long nowMs) {
        if (event instanceof CallEvent.MicLevel level) {
            return model.with(model.microphone().with(level.peakDbfs(), nowMs))
                    .with(model.muting().with(level.peakDbfs()));
        } else if (event instanceof CallEvent.SpeakerLevel level) {
            return model.with(model.speaker().with(level.peakDbfs(), nowMs));
        } else if (event instanceof CallEvent.NetworkStats reading) {
            return model.with(model.network().with(reading, nowMs));
        } else if (event instanceof CallEvent.JitterBufferFill reading) {
            return model.with(model.buffer().with(reading));
        } else if (event instanceof CallEvent.Totals totals) {
            return model.with(totals.counters());
        } else if (event instanceof CallEvent.StateChanged changed) {
            return model.with(stateAfter(model.state(), changed, nowMs)).quitAsked(false);
        } else if (event instanceof CallEvent.RelayAnswered answer) {
            return model.with(model.relay().with(answer, nowMs));
        } else if (event instanceof CallEvent.RelayFailed failure) {
            return model.with(model.relay().failed(failure.problem()));
        } else if (event instanceof CallEvent.Calling calling) {
            return model.with(calling);
        } else if (event instanceof CallEvent.Connected connected) {
            return model.with(connected);
        } else if (event instanceof CallEvent.PeerReport report) {
            return model.with(model.there().with(report));
        } else if (event instanceof CallEvent.Recording recording) {
            return onRecording(model, recording, nowMs);
        } else if (event instanceof CallEvent.Summary summary) {
            return model.with(summary);
        }
        return readAudio(model, event, nowMs);
    }

    private static CallModel readAudio(CallModel model, CallEvent event, long nowMs) {
        if (event instanceof CallEvent.MicSilence silence) {
            return model.with(model.microphone().silentSince(silence.silent() ? nowMs - silence.forMs() : 0));
        } else if (event instanceof CallEvent.MuteChanged mute) {
            return model.with(new CallModel.Muting(mute.muted(), 0));
        } else if (event instanceof CallEvent.GainChanged gain) {
            return model.with(level(model, gain.direction()).withGain(gain.gainDb()));
        } else if (event instanceof CallEvent.TestTone tone) {
            return model.with(model.speaker().playingTone(tone.playing()));
        } else if (event instanceof CallEvent.AudioInUse used) {
            return model.with(level(model, used.direction()).using(used.device(), null));
        } else if (event instanceof CallEvent.AudioRestored restored) {
            return model.with(level(model, restored.direction()).using(restored.device(), null));
        } else if (event instanceof CallEvent.AudioLost lost) {
            return model.with(level(model, lost.direction()).using("", lost.problem()));
        } else if (event instanceof CallEvent.DevicesListed devices) {
            return model.with(model.picker()
                    .listing(
                            devices,
                            model.microphone().device(),
                            model.speaker().device()));
        } else if (event instanceof CallEvent.PreviewLevel preview) {
            return model.with(model.picker().hearing(preview));
        }
        return model;
    }

    private static CallModel.Level level(CallModel model, AudioDirection direction) {
        return direction == AudioDirection.INPUT ? model.microphone() : model.speaker();
    }

    private static CallModel.State stateAfter(CallModel.State before, CallEvent.StateChanged changed, long nowMs) {
        boolean same = before.name() == changed.state();
        boolean unknown = before.name() == CallState.CONNECTING || before.name() == CallState.RELAY_LOST;
        boolean registersNow = unknown
                && switch (changed.state()) {
                    case WAITING, RINGING, IN_CALL -> true;
                    case CONNECTING, PEER_SILENT, RELAY_LOST, ENDED -> false;
                };
        boolean firstHeard = changed.state() == CallState.IN_CALL && before.answeredMs() == 0;
        // With --stay the next caller is another call.
        boolean callOver = changed.state() == CallState.WAITING && before.name() != CallState.RELAY_LOST;
        return new CallModel.State(
                changed,
                same ? before.sinceMs() : nowMs,
                changed.retryInMs() > 0 ? nowMs + changed.retryInMs() : 0,
                registersNow ? nowMs : before.registeredMs(),
                firstHeard ? nowMs : callOver ? 0 : before.answeredMs());
    }

    private static CallModel onRecording(CallModel model, CallEvent.Recording recording, long nowMs) {
        if (recording.running()) {
            return model.recording(new CallModel.RecordingFile(recording.file(), nowMs), model.recordings());
        }
        List<String> files = new ArrayList<>(model.recordings());
        if (!recording.file().isEmpty()) {
            files.add(recording.file());
        }
        return model.recording(null, files);
    }

    /** Time went on. */
    static CallModel onTick(CallModel model, long nowMs) {
        return model.with(model.microphone().fallen(model.nowMs(), nowMs))
                .with(model.speaker().fallen(model.nowMs(), nowMs))
                .at(nowMs);
    }
}
