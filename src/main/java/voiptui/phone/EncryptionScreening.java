package voiptui.phone;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.call.EncryptionPolicy;
import voiptui.call.EncryptionPolicy.ChangedPeers;
import voiptui.call.PeerIdentities;
import voiptui.event.Encryption;
import voiptui.event.PhoneEvent;
import voiptui.protocol.CallObjection;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFeature;

/**
 * What a phone makes of the encryption that a caller offers, and of the fingerprint that the relay shows with the call. Owned by
 * the phone's thread.
 *
 * @param policy what the user demands
 * @param peers whom the user knows
 * @param encrypts whether this phone can encrypt calls end to end
 */
record EncryptionScreening(EncryptionPolicy policy, PeerIdentities peers, boolean encrypts) {

    /** A screening that admits everybody and knows nobody. */
    static final EncryptionScreening NONE =
            new EncryptionScreening(EncryptionPolicy.DEFAULT, PeerIdentities.NONE, false);

    /**
     * A call that is rejected.
     *
     * @param event reports it to the user
     * @param objection tells the caller why
     */
    record Rejection(PhoneEvent event, CallObjection objection) {}

    /** Returns why a call is rejected; empty: it may ring. */
    Optional<Rejection> rejection(RelayMessage.Incoming incoming) {
        Encryption encryption = encryptionOf(incoming);
        if (policy.required() && !encryption.isEncrypted()) {
            return Optional.of(new Rejection(
                    new PhoneEvent.UnencryptedRefused(incoming.from(), encryption), CallObjection.NOT_ENCRYPTED));
        }
        String known = changedFrom(incoming);
        return known != null && policy.changed() == ChangedPeers.REFUSE
                ? Optional.of(new Rejection(
                        new PhoneEvent.ChangedPeerRefused(incoming.from(), known, shown(incoming)),
                        CallObjection.PEER_CHANGED))
                : Optional.empty();
    }

    /** Returns the event that announces a call. */
    PhoneEvent.Incoming announcement(RelayMessage.Incoming incoming) {
        PeerIdentities.Known known = peers.find(incoming.from());
        boolean anonymous = AnonymousCallers.isAnonymous(incoming.from());
        return new PhoneEvent.Incoming(
                incoming.from(),
                incoming.fingerprint(),
                anonymous,
                changedFrom(incoming),
                known != null && known.verified(),
                encryptionOf(incoming).isEncrypted());
    }

    /** Returns the fingerprint of the caller, if the call can be encrypted; null otherwise. */
    @Nullable
    String shown(RelayMessage.Incoming incoming) {
        return encryptionOf(incoming).isEncrypted() ? incoming.fingerprint() : null;
    }

    /**
     * Returns the fingerprint that is known for the caller's name, if the relay shows another one or the call would not be
     * encrypted; null otherwise.
     */
    @Nullable
    String changedFrom(RelayMessage.Incoming incoming) {
        PeerIdentities.Known known = peers.find(incoming.from());
        return known == null || known.fingerprint().equals(shown(incoming)) ? null : known.fingerprint();
    }

    /** Returns whether the user has to say {@code y} before the phone answers a call with a changed fingerprint. */
    boolean asksAboutChanges() {
        return policy.changed() == ChangedPeers.ASK;
    }

    private Encryption encryptionOf(RelayMessage.Incoming incoming) {
        if (AnonymousCallers.isAnonymous(incoming.from())) {
            return Encryption.CLASSIC;
        } else if (!encrypts || !incoming.offer().features().contains(MediaFeature.DTLS_SRTP)) {
            return Encryption.OLD_PROGRAM;
        }
        return incoming.fingerprint() == null ? Encryption.OLD_RELAY : Encryption.PENDING;
    }
}
