package voiptui.tui.terminal;

/** What a piece of the screen means; a {@link Theme} decides how that looks. */
public enum Style {
    /** What is to be read. */
    TEXT,
    /** What names a value next to it. */
    LABEL,
    /** Lines around things, and the part of a bar that is not filled. */
    FAINT,
    /** The name of a pane. */
    TITLE,
    /** What can be pressed, what is chosen: the one accent. */
    ACCENT,
    /** As it should be. */
    GOOD,
    /** Worth a look. */
    WARN,
    /** Wrong. */
    BAD,
    /** The line of a list that the keys act on. */
    SELECTED,
    /** A question that waits for its answer. */
    QUESTION
}
