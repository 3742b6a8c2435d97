package voiptui.phone;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent;
import voiptui.phone.peers.BlockedCallers;

/** Which callers the phone rejects, rings for, or answers by itself. Owned by the phone's thread. */
final class CallScreening {

    private final boolean autoAnswer;
    private final AnonymousCallers anonymous;
    private final BlockedCallers blocked;
    private final EncryptionScreening encryption;

    /**
     * Creates a screening.
     *
     * @param autoAnswer whether the phone answers at once
     * @param anonymous what it does about callers without a certificate
     * @param blocked whom it rejects; followed as it changes
     * @param encryption what it makes of the encryption and the fingerprints of callers
     */
    CallScreening(
            boolean autoAnswer, AnonymousCallers anonymous, BlockedCallers blocked, EncryptionScreening encryption) {
        this.autoAnswer = autoAnswer;
        this.anonymous = anonymous;
        this.blocked = blocked;
        this.encryption = encryption;
    }

    /** Returns the callers that are blocked. */
    BlockedCallers blocked() {
        return blocked;
    }

    /** Returns what the phone makes of the encryption and the fingerprints of callers. */
    EncryptionScreening encryption() {
        return encryption;
    }

    /**
     * Returns the event that reports a caller as rejected; empty: the caller may ring.
     *
     * @param caller the caller's name or address
     * @param fingerprint the fingerprint of the caller's certificate, as text; null: the relay shows none
     */
    Optional<PhoneEvent> rejection(String caller, @Nullable String fingerprint) {
        if (anonymous.rejects(caller)) {
            return Optional.of(new PhoneEvent.CallRefused(caller));
        }
        return blocked.contains(fingerprint) ? Optional.of(new PhoneEvent.BlockedCall(caller)) : Optional.empty();
    }

    /** Returns whether the phone answers that caller without asking the user. */
    boolean mayAnswerUnasked(String caller) {
        return autoAnswer && anonymous.mayBeAnswered(caller);
    }
}
