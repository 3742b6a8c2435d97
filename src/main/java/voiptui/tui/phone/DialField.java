package voiptui.tui.phone;

import voiptui.tui.widget.TextField;

/**
 * The field for a name or an address to call. Immutable.
 *
 * @param text what is typed
 * @param problem why that cannot be called, printable; empty: nothing is known against it
 */
record DialField(TextField text, String problem) {

    static final DialField EMPTY = new DialField(TextField.EMPTY, "");

    /** Returns the field with another text. */
    DialField typing(TextField newText) {
        return newText.equals(text) ? this : new DialField(newText, "");
    }

    /** Returns the field with the same text, which cannot be called. */
    DialField refusing(String newProblem) {
        return new DialField(text, newProblem);
    }
}
