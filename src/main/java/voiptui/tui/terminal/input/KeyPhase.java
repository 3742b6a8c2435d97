package voiptui.tui.terminal.input;

/** What happens to a key. Most terminals report presses only, and a key that repeats as pressed again. */
public enum KeyPhase {
    /** The key goes down. */
    PRESSED,
    /** The key is still down, and repeats. */
    REPEATED,
    /** The key goes up. */
    RELEASED
}
