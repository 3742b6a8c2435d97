package voiptui.event;

/**
 * A user's request to a running call or phone, from any front end.
 *
 * <p>Commands return nothing; an event reports the outcome. Gains are in dB; 0 dB leaves the audio unchanged.
 */
public sealed interface Command {

    /** Ends the call. */
    record HangUp() implements Command {}

    /** Mutes or unmutes the microphone. Reported by {@link CallEvent.MuteChanged}. */
    record ToggleMute() implements Command {}

    /**
     * Mutes the microphone, or unmutes it, whatever it was before. Reported by {@link CallEvent.MuteChanged} if it changes.
     *
     * @param on whether the other side is sent silence
     */
    record SetMute(boolean on) implements Command {}

    /**
     * Changes the microphone gain or the speaker volume. Reported by {@link CallEvent.GainChanged}, also when the gain is
     * already at its limit.
     *
     * @param direction microphone gain or speaker volume
     * @param stepDb change in dB; negative for quieter
     */
    record ChangeGain(AudioDirection direction, double stepDb) implements Command {}

    /**
     * Processes the microphone in the next mode: off, noise suppression, all, off. Reported by {@link
     * CallEvent.Processing}.
     */
    record CycleProcessing() implements Command {}

    /** Puts the call on hold, so that neither side hears the other, or takes it back. Reported by {@link CallEvent.HoldChanged}. */
    record ToggleHold() implements Command {}

    /** Plays the last seconds of the other side again, or goes further back. Reported by {@link VoiceEvent.Replay}. */
    record SayAgain() implements Command {}

    /** Stops what {@link SayAgain} started. Reported by {@link VoiceEvent.Replay}. */
    record ReturnToLive() implements Command {}

    /**
     * Sends the other side a text, end-to-end encrypted. Reported by {@link CallEvent.Text} when it is there, or by {@link
     * CallEvent.TextFailed}.
     *
     * @param text {@link CallEvent.Text#MAX_CHARACTERS} at most
     */
    record SendText(String text) implements Command {}

    /** Plays a short tone on the local speaker only. Reported by {@link CallEvent.TestTone}. */
    record PlayTestTone() implements Command {}

    /** Starts or stops recording both sides to a new file in the current folder. Reported by {@link CallEvent.Recording}. */
    record ToggleRecording() implements Command {}

    /**
     * Records both sides to a new file; ends the running recording, if any. Reported by {@link CallEvent.Recording}.
     *
     * @param file its path, with {@code %n}, {@code %d} and {@code %t} as in {@code --speaker file:}; an existing file is kept
     */
    record StartRecording(String file) implements Command {}

    /** Lists the microphones and speakers. Reported by {@link CallEvent.DevicesListed}. */
    record ListDevices() implements Command {}

    /**
     * Switches to another microphone or speaker; between the calls of a phone, for the next ones, as {@link PhoneEvent.DeviceChosen}
     * reports. Reported by {@link CallEvent.AudioInUse}, or by {@link
     * CallEvent.AudioRefused} when the device cannot be opened and the current one stays in use.
     *
     * @param direction microphone or speaker
     * @param device the device, as {@code --mic} and {@code --speaker} take it
     */
    record UseDevice(AudioDirection direction, String device) implements Command {}

    /**
     * Opens a microphone to show its level before the user selects it; replaces an earlier preview. Reported by {@link
     * CallEvent.PreviewLevel} until {@link StopPreview} or {@link UseDevice}.
     *
     * @param device the microphone, as {@code --mic} takes it
     */
    record PreviewMicrophone(String device) implements Command {}

    /**
     * Records the user for a few seconds and plays it to them, or ends that. Phone only, between calls. Reported by {@link
     * PhoneEvent.EchoTest}.
     */
    record ToggleEchoTest() implements Command {}

    /** Closes the previewed microphone, if any. */
    record StopPreview() implements Command {}

    /** Calls a name or an IP address. Phone only, while it is not in a call. */
    record Dial(String to) implements Command {}

    /** Answers the ringing call, and ends the current one if there is one. Phone only. */
    record AcceptCall() implements Command {}

    /**
     * Connects although the other side's fingerprint has changed: answers the ringing call as {@link AcceptCall} does, or lets
     * one's own call, which waits for that, go on.
     */
    record AcceptChanged() implements Command {}

    /** Notes that the words of the call are the same on both sides. Reported by {@link CallEvent.EncryptionChanged}. */
    record VerifyPeer() implements Command {}

    /** Rejects the ringing call. Phone only. */
    record RejectCall() implements Command {}

    /** Rejects the ringing call, and from now on all calls of that caller. Phone only. */
    record BlockCaller() implements Command {}

    /**
     * Lets a blocked caller call again. Phone only.
     *
     * @param peer the caller's fingerprint, or the name that they had when they were blocked
     */
    record UnblockCaller(String peer) implements Command {}

    /**
     * Makes somebody a favorite, or no longer. Phone only. Reported by {@link PhoneEvent.FavoriteChanged}.
     *
     * @param name their name
     */
    record ToggleFavorite(String name) implements Command {}

    /** Rejects all incoming calls and lists them as missed, or no longer. Phone only. Reported by {@link PhoneEvent.DoNotDisturb}. */
    record ToggleDoNotDisturb() implements Command {}

    /** Hangs up the call, if any, signs out and stops the phone. Phone only. */
    record LeavePhone() implements Command {}

    /** Notes that the user has seen all missed calls. Reported by {@link PhoneEvent.MissedSeen}. */
    record NoteMissedSeen() implements Command {}
}
