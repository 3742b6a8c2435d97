package voiptui.crypto;

/**
 * How the media of a call is to be encrypted, as agreed on when it was connected.
 *
 * @param role which side starts the handshake
 * @param peerFingerprint fingerprint of the certificate that the peer must have, as {@link voiptui.identity.Fingerprint} writes it
 */
public record MediaSecurity(Role role, String peerFingerprint) {

    /** The role of one side in the handshake (RFC 5763, 5). */
    public enum Role {
        /** Starts the handshake, as DTLS client: the caller. */
        ACTIVE,
        /** Waits for it, as DTLS server: the called side. */
        PASSIVE
    }
}
