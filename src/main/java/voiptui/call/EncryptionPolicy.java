package voiptui.call;

/**
 * What a user demands of the encryption of calls.
 *
 * @param required whether calls that are not encrypted end to end are refused
 * @param changed what to do about somebody whose fingerprint has changed
 */
public record EncryptionPolicy(boolean required, ChangedPeers changed) {

    /** Connects calls that are not encrypted, and asks about changed fingerprints. */
    public static final EncryptionPolicy DEFAULT = new EncryptionPolicy(false, ChangedPeers.ASK);

    /** What to do about somebody whose fingerprint has changed. */
    public enum ChangedPeers {
        /** The user decides. */
        ASK,
        /** The call is refused. */
        REFUSE,
        /** The call is connected, and the new fingerprint replaces the known one. */
        ACCEPT
    }
}
