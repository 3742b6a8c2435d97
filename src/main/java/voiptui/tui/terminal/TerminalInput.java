package voiptui.tui.terminal;

import com.googlecode.lanterna.input.KeyStroke;

/** What the user does at the terminal. */
public sealed interface TerminalInput {

    /** A key that was pressed. */
    record Key(KeyStroke key) implements TerminalInput {}

    /**
     * Pasted text, which is never a command.
     *
     * @param text the text as the terminal sent it: with line ends and control characters, cut to {@value
     *     KeyDecoder#MAX_PASTE} characters
     */
    record Paste(String text) implements TerminalInput {}
}
