package voiptui.tui.key;

/**
 * How the user wants to control a screen.
 *
 * @param pushToTalk whether the microphone is muted except while the user talks
 */
public record Controls(boolean pushToTalk) {

    /** As without any option. */
    public static final Controls DEFAULT = new Controls(false);
}
