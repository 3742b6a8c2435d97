package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.tui.widget.TextField;

/**
 * The texts of the call, apart from the log that shows them. Immutable.
 *
 * @param field what the user writes; null: nothing now
 * @param unread how many texts have come while the log was not visible
 */
public record CallTexts(@Nullable TextField field, int unread) {

    static final CallTexts NONE = new CallTexts(null, 0);

    /** Returns whether the user writes. */
    public boolean isWriting() {
        return field != null;
    }

    /** Returns a copy with another field; null: closed. */
    public CallTexts writing(@Nullable TextField newField) {
        return new CallTexts(newField, unread);
    }

    /** Returns a copy with another number of unread texts. */
    CallTexts unread(int count) {
        return count == unread ? this : new CallTexts(field, count);
    }
}
