package voiptui.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A statement by which an identity names the one that follows it, signed with its key ({@code protocol.md}, section 1). Whoever
 * trusts the first identity may trust the second. Immutable; any thread.
 *
 * @param from the certificate of the former identity, not checked
 * @param to the fingerprint of the next one
 * @param atMs when it was made, in milliseconds since 1970
 * @param signature ECDSA with SHA-256 (RFC 5480) over what is stated, in base64, not checked
 */
public record Succession(X509Certificate from, Fingerprint to, long atMs, String signature) {

    /** The most statements that lead from one identity to another. */
    public static final int MAX_STATEMENTS = 8;
    /** The longest text of a statement, in characters. */
    public static final int MAX_TEXT = 1_000;

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final String PURPOSE = "voiptui relay successor";

    /** Signs a statement that {@code to} follows {@code from}. */
    static Succession sign(Identity from, Fingerprint to, long atMs) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(from.key());
            signature.update(stated(from.fingerprint(), to, atMs));
            return new Succession(
                    from.certificate(), to, atMs, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] stated(Fingerprint from, Fingerprint to, long atMs) {
        return String.join("\n", PURPOSE, from.text(), to.text(), Long.toString(atMs), "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns whether the former identity has signed it. */
    boolean isAuthentic() {
        try {
            if (!P256Certificates.hasKeyOnP256(from)) {
                return false;
            }
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(from.getPublicKey());
            verifier.update(stated(Fingerprint.of(from), to, atMs));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException forged) {
            return false;
        }
    }

    /**
     * Returns whether authentic statements lead from one identity to another, each naming the next.
     *
     * @param statements oldest first; those about others are skipped
     */
    public static boolean leads(Fingerprint from, Fingerprint to, List<Succession> statements) {
        Fingerprint reached = from;
        for (Succession statement : statements) {
            if (Fingerprint.of(statement.from).equals(reached) && statement.isAuthentic()) {
                reached = statement.to;
            }
        }
        return !from.equals(to) && reached.equals(to);
    }

    /** Returns the statement as a text without line breaks: certificate, fingerprint, time and signature. */
    public String text() {
        try {
            return Base64.getEncoder().encodeToString(from.getEncoded()) + " " + to.text() + " " + atMs + " "
                    + signature;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Parses {@link #text}; empty if it is none. The signature is not checked. */
    public static Optional<Succession> parse(String text) {
        String[] words = text.length() > MAX_TEXT ? new String[0] : text.split(" ", 5);
        if (words.length != 4 || !words[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        try {
            X509Certificate from =
                    P256Certificates.certificate(Base64.getDecoder().decode(words[0]));
            return Fingerprint.parse(words[1]).map(to -> new Succession(from, to, Long.parseLong(words[2]), words[3]));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            // Certificate providers throw various unchecked exceptions on malformed input.
            return Optional.empty();
        }
    }
}
