package voiptui.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate's fingerprint: {@code SHA256:} and the SHA-256 of its DER encoding in base64 without padding, in the
 * notation of OpenSSH.
 *
 * @param text the fingerprint, 50 characters
 */
public record Fingerprint(String text) {

    private static final String PREFIX = "SHA256:";
    private static final Pattern SHAPE = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    /** Checks the syntax. */
    public Fingerprint {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("invalid fingerprint '" + text + "': use SHA256: and 43 characters");
        }
    }

    /** Parses a fingerprint; empty if {@code text} is not one. */
    public static Optional<Fingerprint> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Fingerprint(text)) : Optional.empty();
    }

    /** Returns the fingerprint of a certificate. */
    public static Fingerprint of(Certificate certificate) {
        try {
            return ofDer(certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the fingerprint of a certificate in its DER encoding, whether that is well-formed or not. */
    public static Fingerprint ofDer(byte[] certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return new Fingerprint(PREFIX + Base64.getEncoder().withoutPadding().encodeToString(digest));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
