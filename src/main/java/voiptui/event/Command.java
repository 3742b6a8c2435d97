package voiptui.event;

/** What a user may ask of a running call, from any front end. */
public enum Command {
    /** Say end-of-transmission, leave the relay, end. */
    HANG_UP,
    /** Send silence instead of the microphone, or the microphone again. */
    TOGGLE_MUTE
}
