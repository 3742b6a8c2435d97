package voiptui.event;

/**
 * What a user may ask of a running call or a phone, from any front end.
 *
 * <p>A command is a wish: what came of it is told by an event. Gains are in dB, 0 for untouched sound.
 */
public sealed interface Command {

    /** Say end-of-transmission, leave the relay, end. */
    record HangUp() implements Command {}

    /** Send silence instead of the microphone, or the microphone again. Answered by {@link CallEvent.MuteChanged}. */
    record ToggleMute() implements Command {}

    /**
     * Make the microphone or the speaker louder or quieter. Answered by {@link CallEvent.GainChanged}, also when it is as
     * loud or as quiet as it gets.
     *
     * @param direction the microphone's gain or the speaker's volume
     * @param stepDb how much louder; quieter where negative
     */
    record ChangeGain(AudioDirection direction, double stepDb) implements Command {}

    /** Play a short tone on the speaker, for nobody but the user. Answered by {@link CallEvent.TestTone}. */
    record PlayTestTone() implements Command {}

    /** Record both sides to a new file in the current folder, or end that. Answered by {@link CallEvent.Recording}. */
    record ToggleRecording() implements Command {}

    /** Tell which microphones and speakers there are. Answered by {@link CallEvent.DevicesListed}. */
    record ListDevices() implements Command {}

    /**
     * Go on with another microphone or speaker. Answered by {@link CallEvent.AudioInUse} or, when it cannot be opened and
     * the old one stays, by {@link CallEvent.AudioRefused}.
     *
     * @param direction which of the two
     * @param device what is wanted, as {@code --mic} and {@code --speaker} take it
     */
    record UseDevice(AudioDirection direction, String device) implements Command {}

    /**
     * Listen to a microphone that is not in use, to show how loud it is. Takes the place of an earlier one. Answered by
     * {@link CallEvent.PreviewLevel} until {@link StopPreview} or {@link UseDevice}.
     *
     * @param device which one, as {@code --mic} takes it
     */
    record PreviewMicrophone(String device) implements Command {}

    /** Give the microphone back that was listened to, if there is one. */
    record StopPreview() implements Command {}

    /** Call somebody: a name, or an IP address. A phone's, while it is in no call. */
    record Dial(String to) implements Command {}

    /** Take the call that rings. A phone's. */
    record AcceptCall() implements Command {}

    /** Do not take the call that rings. A phone's. */
    record RejectCall() implements Command {}

    /** Stop waiting for calls, and end; a call that runs is hung up. A phone's. */
    record LeavePhone() implements Command {}
}
