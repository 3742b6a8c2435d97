package voiptui.tui.call.model;

import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.tui.key.Controls;
import voiptui.tui.key.Keymap;
import voiptui.tui.widget.SessionStatus;

/**
 * Everything the call screen shows. Immutable. Times are milliseconds since 1970; 0 means "not yet".
 *
 * @param setting what stays the same for the whole call
 * @param nowMs the current time; durations and countdowns refer to it
 * @param progress the state of the call
 * @param audio microphone, speaker, mute and recordings
 * @param quality loss, jitter and the jitter buffer
 * @param relay the connection to the relay
 * @param ui the page shown, the log and open questions
 */
public record CallModel(
        Setting setting,
        long nowMs,
        CallProgress progress,
        CallAudio audio,
        CallQuality quality,
        RelayStatus relay,
        CallUi ui) {

    /**
     * What stays the same for the whole call.
     *
     * @param relay the relay as the user entered it
     * @param peer the peer as the user entered it
     * @param logFile path of the log file; empty if there is none
     * @param zone time zone for the times of day
     * @param inPhone whether the call is part of a phone, which goes on after it
     * @param controls how the user controls the screen
     */
    public record Setting(String relay, String peer, String logFile, ZoneId zone, boolean inPhone, Controls controls) {}

    /** Returns which key does what. */
    public Keymap keys() {
        return setting.controls().keys();
    }

    /** Returns the model before the first event. */
    public static CallModel first(Setting setting, long nowMs) {
        return new CallModel(
                setting,
                nowMs,
                CallProgress.first(nowMs),
                CallAudio.FIRST,
                CallQuality.NONE,
                RelayStatus.NONE,
                CallUi.FIRST);
    }

    /** Returns the current state of the call. */
    public CallProgress.State state() {
        return progress.state();
    }

    /** Returns the session with the relay; {@link SessionStatus#NONE} in a classic call. */
    public SessionStatus session() {
        return relay.session();
    }

    /** Returns whether quitting would end a conversation. */
    public boolean isConnected() {
        return switch (state().name()) {
            case IN_CALL, PEER_SILENT -> true;
            case RELAY_LOST -> state().answeredMs() > 0;
            case CONNECTING, WAITING, RINGING, ENDED -> false;
        };
    }

    /** Returns whether the call runs on v2, where the relay knows who is online and rings. */
    public boolean isV2() {
        return !session().name().isEmpty();
    }

    /** Returns whether the peer sends RTCP reports, or will once the call is connected. */
    public boolean hasPeerReports() {
        CallEvent.Connected connected = progress.connected();
        return quality.peer().last() != null
                || (connected == null ? isV2() : connected.packets().equals("rtp"));
    }

    /** Returns whether the call has reached {@link CallState#IN_CALL} and not left it. */
    public boolean isInCall() {
        return state().name() == CallState.IN_CALL;
    }

    /** Returns a copy at another time. */
    public CallModel at(long newNowMs) {
        return new CallModel(setting, newNowMs, progress, audio, quality, relay, ui);
    }

    /** Returns a copy with another state of the call. */
    public CallModel with(CallProgress newProgress) {
        return new CallModel(setting, nowMs, newProgress, audio, quality, relay, ui);
    }

    /** Returns a copy with other audio. */
    public CallModel with(CallAudio newAudio) {
        return new CallModel(setting, nowMs, progress, newAudio, quality, relay, ui);
    }

    /** Returns a copy with other measurements. */
    public CallModel with(CallQuality newQuality) {
        return new CallModel(setting, nowMs, progress, audio, newQuality, relay, ui);
    }

    /** Returns a copy with another relay status. */
    public CallModel with(RelayStatus newRelay) {
        return new CallModel(setting, nowMs, progress, audio, quality, newRelay, ui);
    }

    /** Returns a copy with another page, log or question. */
    public CallModel with(CallUi newUi) {
        return new CallModel(setting, nowMs, progress, audio, quality, relay, newUi);
    }
}
