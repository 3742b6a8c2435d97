package voiptui.tui.call.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;

/**
 * Whether the call is encrypted, and with whom. Immutable.
 *
 * @param state the last news; null: the call is not connected
 * @param words the words to read aloud; empty: there are no keys
 * @param question what the user is asked about a changed fingerprint; null: nothing
 */
public record CallSecurity(
        CallEvent.@Nullable EncryptionChanged state, List<String> words, CallEvent.@Nullable PeerChanged question) {

    static final CallSecurity NONE = new CallSecurity(null, List.of(), null);

    /** Copies the list. */
    public CallSecurity {
        words = List.copyOf(words);
    }

    /** Returns whether the call is encrypted end to end. */
    public boolean isEncrypted() {
        return state != null && state.encryption() == Encryption.END_TO_END;
    }

    /** Returns whether there are words to compare. */
    public boolean hasWords() {
        return isEncrypted() && !words.isEmpty();
    }

    /** Returns whether the other side is verified. */
    public boolean isVerified() {
        return state != null && state.verified();
    }

    /** Returns a copy after a change; words that no longer hold are dropped. */
    public CallSecurity with(CallEvent.EncryptionChanged changed) {
        return new CallSecurity(changed, changed.encryption() == Encryption.END_TO_END ? words : List.of(), question);
    }

    /** Returns a copy with the words of new keys. */
    public CallSecurity with(CallEvent.MediaEncrypted encrypted) {
        return new CallSecurity(state, encrypted.words(), question);
    }

    /** Returns a copy with the question about a changed fingerprint, if there is one. */
    public CallSecurity with(CallEvent.PeerChanged changed) {
        return changed.asks() ? new CallSecurity(state, words, changed) : this;
    }

    /** Returns a copy without a question. */
    public CallSecurity answered() {
        return question == null ? this : new CallSecurity(state, words, null);
    }
}
