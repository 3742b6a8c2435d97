package voiptui.tui.key;

/**
 * How the user wants to control a screen.
 *
 * @param keys which key does what
 * @param pushToTalk whether the microphone is muted except while the user talks
 * @param mouse whether the terminal is to report the mouse
 */
public record Controls(Keymap keys, boolean pushToTalk, boolean mouse) {

    /** As without any option. */
    public static final Controls DEFAULT = new Controls(Keymap.DEFAULT, false, true);
}
