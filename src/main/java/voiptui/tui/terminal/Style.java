package voiptui.tui.terminal;

/** What a piece of the screen means; a {@link Theme} decides how it looks. */
public enum Style {
    /** Values and text. */
    TEXT,
    /** The label of a value. */
    LABEL,
    /** Borders, and the empty part of a bar. */
    FAINT,
    /** The title of a pane. */
    TITLE,
    /** Keys and active states: the accent color. */
    ACCENT,
    /** Normal. */
    GOOD,
    /** Needs attention. */
    WARN,
    /** Wrong. */
    BAD,
    /** The selected row of a list. */
    SELECTED,
    /** A question waiting for an answer. */
    QUESTION
}
