package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.report.CallText;
import voiptui.report.EventText;
import voiptui.report.QualityText;
import voiptui.report.SessionText;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallAudio;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallSecurity;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.call.model.Mute;
import voiptui.tui.widget.LogLines;

/** Computes the model after an event or a tick. Pure. */
final class CallUpdate {

    private CallUpdate() {}

    /** Returns the model after an event. */
    static CallModel onEvent(CallModel model, Event event, long nowMs) {
        if (event instanceof CallEvent callEvent) {
            CallModel logged = log(model.at(nowMs), callEvent, textOf(model, callEvent), nowMs);
            return onCallEvent(logged, callEvent, nowMs);
        } else if (event instanceof VoiceEvent reading) {
            String text = new QualityText(model.setting().peer()).of(reading);
            return log(model.at(nowMs), reading, text, nowMs)
                    .with(model.quality().with(reading));
        } else if (event instanceof SessionEvent sessionEvent) {
            String text = new SessionText(model.setting().relay()).of(sessionEvent);
            return log(model.at(nowMs), sessionEvent, text, nowMs)
                    .with(model.relay().with(model.session().with(sessionEvent, nowMs)));
        }
        return model;
    }

    /** Returns the log line of an event; empty for what the screen shows anyway: summary, gain, volume and push to talk. */
    private static String textOf(CallModel model, CallEvent event) {
        boolean talking = event instanceof CallEvent.MuteChanged
                && model.setting().controls().pushToTalk();
        return talking || event instanceof CallEvent.Summary || event instanceof CallEvent.GainChanged
                ? ""
                : new CallText(model.setting().relay(), model.setting().peer(), model.isV2()).of(event);
    }

    private static CallModel log(CallModel model, Event event, String text, long nowMs) {
        return text.isEmpty()
                ? model
                : model.with(model.ui().with(new LogLines.Line(nowMs, text, EventText.isWarning(event))));
    }

    private static CallModel onCallEvent(CallModel model, CallEvent event, long nowMs) {
        if (event instanceof CallEvent.NetworkStats stats) {
            return model.with(model.quality().with(stats, nowMs));
        } else if (event instanceof CallEvent.PlayoutDelay delay) {
            return model.with(model.quality().with(delay));
        } else if (event instanceof CallEvent.Totals totals) {
            return model.with(model.quality().with(totals));
        } else if (event instanceof CallEvent.PeerReport report) {
            return model.with(model.quality().with(report));
        } else if (event instanceof CallEvent.StateChanged changed) {
            return model.with(model.progress().after(changed, nowMs))
                    .with(model.ui().quitAsked(false));
        } else if (event instanceof CallEvent.Calling calling) {
            return model.with(model.progress().with(calling));
        } else if (event instanceof CallEvent.Connected connected) {
            return model.with(model.progress().with(connected));
        } else if (event instanceof CallEvent.EncryptionChanged changed) {
            return withSecurity(model, model.progress().security().with(changed));
        } else if (event instanceof CallEvent.MediaEncrypted encrypted) {
            return withSecurity(model, model.progress().security().with(encrypted));
        } else if (event instanceof CallEvent.PeerChanged changed) {
            return withSecurity(model, model.progress().security().with(changed));
        } else if (event instanceof CallEvent.Text text) {
            return text.sent() ? model : model.with(model.ui().received());
        } else if (event instanceof CallEvent.PeerState state) {
            return model.with(model.progress().with(state));
        } else if (event instanceof CallEvent.Summary summary) {
            return model.with(model.progress().with(summary));
        } else if (event instanceof CallEvent.RelayAnswered reply) {
            return model.with(model.relay().with(reply, nowMs));
        } else if (event instanceof CallEvent.RelayFailed failure) {
            return model.with(model.relay().with(failure));
        } else if (event instanceof CallEvent.DevicesListed devices) {
            return model.with(pick(model, devices));
        } else if (event instanceof CallEvent.PreviewLevel preview) {
            return model.with(model.ui().with(model.ui().picker().hearing(preview)));
        }
        CallAudio audio = onAudioEvent(model.audio(), event, nowMs);
        return audio == model.audio() ? model : model.with(audio);
    }

    private static CallModel withSecurity(CallModel model, CallSecurity security) {
        return model.with(model.progress().with(security));
    }

    private static CallUi pick(CallModel model, CallEvent.DevicesListed devices) {
        String microphone = model.audio().microphone().device().name();
        String speaker = model.audio().speaker().device().name();
        return model.ui().with(model.ui().picker().listing(devices, microphone, speaker));
    }

    private static CallAudio onAudioEvent(CallAudio audio, CallEvent event, long nowMs) {
        if (event instanceof CallEvent.MicLevel level) {
            return audio.with(audio.microphone().with(level.peakDbfs(), nowMs))
                    .with(audio.mute().with(level.peakDbfs()));
        } else if (event instanceof CallEvent.SpeakerLevel level) {
            return audio.with(audio.speaker().with(level.peakDbfs(), nowMs));
        } else if (event instanceof CallEvent.MicSilence silence) {
            return audio.with(audio.microphone().silentSince(silence.silent() ? nowMs - silence.forMs() : 0));
        } else if (event instanceof CallEvent.MuteChanged mute) {
            return audio.with(new Mute(mute.muted(), 0));
        } else if (event instanceof CallEvent.HoldChanged hold) {
            return audio.onHold(hold.onHold());
        } else if (event instanceof CallEvent.GainChanged gain) {
            return audio.with(audio.level(gain.direction()).withGain(gain.gainDb()));
        } else if (event instanceof CallEvent.Processing processing) {
            return audio.with(processing.mode());
        } else if (event instanceof CallEvent.TestTone tone) {
            return audio.with(audio.speaker().playingTone(tone.playing()));
        } else if (event instanceof CallEvent.AudioInUse used) {
            return audio.with(audio.level(used.direction()).using(used.device()));
        } else if (event instanceof CallEvent.AudioRestored restored) {
            return audio.with(audio.level(restored.direction()).using(restored.device()));
        } else if (event instanceof CallEvent.AudioLost lost) {
            return audio.with(audio.level(lost.direction()).lost(lost.problem()));
        } else if (event instanceof CallEvent.Recording recording) {
            return audio.after(recording, nowMs);
        }
        return audio;
    }

    /** Returns the model at a later time: held peaks fall, clocks advance. */
    static CallModel onTick(CallModel model, long nowMs) {
        AudioLevel microphone = model.audio().microphone().fallen(model.nowMs(), nowMs);
        AudioLevel speaker = model.audio().speaker().fallen(model.nowMs(), nowMs);
        return model.with(model.audio().with(microphone).with(speaker)).at(nowMs);
    }
}
