package voiptui.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A statement by which a relay's identity names another one, signed with its key ({@code protocol.md}, section 1). Whoever trusts the
 * first identity may trust the second. Immutable; any thread.
 *
 * @param kind what is stated
 * @param from the certificate of the identity that signed it, not checked
 * @param to the fingerprint of the one that it names
 * @param atMs when it was made, in milliseconds since 1970
 * @param signature ECDSA with SHA-256 (RFC 5480) over what is stated, in base64, not checked
 */
public record RelayStatement(Kind kind, X509Certificate from, Fingerprint to, long atMs, String signature) {

    /** What a statement says of the identity that it names. */
    public enum Kind {
        /** The same relay has it from now on. */
        SUCCESSOR("voiptui relay successor"),
        /** Another relay of the same cluster has it. */
        MEMBER("voiptui relay member");

        private final String purpose;

        Kind(String purpose) {
            this.purpose = purpose;
        }
    }

    /** The most statements that are sent at a time. */
    public static final int MAX_STATEMENTS = 8;
    /** The longest text of a statement, in characters. */
    public static final int MAX_TEXT = 1_000;

    /** How long a relay vouches for another one: a relay that may no longer be trusted cannot use a statement for ever. */
    private static final long VOUCHED_MS = Duration.ofDays(7).toMillis();
    /** How far the clock of a relay may be ahead of the reader's. */
    private static final long CLOCK_DIFFERENCE_MS = Duration.ofDays(1).toMillis();

    private static final String ALGORITHM = "SHA256withECDSA";

    /** Signs a statement of {@code from} about {@code to}. */
    public static RelayStatement sign(Kind kind, Identity from, Fingerprint to, long atMs) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(from.key());
            signature.update(stated(kind, from.fingerprint(), to, atMs));
            return new RelayStatement(
                    kind, from.certificate(), to, atMs, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] stated(Kind kind, Fingerprint from, Fingerprint to, long atMs) {
        return String.join("\n", kind.purpose, from.text(), to.text(), Long.toString(atMs), "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns whether {@link #from} has signed it. */
    boolean isAuthentic() {
        try {
            if (!P256Certificates.hasKeyOnP256(from)) {
                return false;
            }
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(from.getPublicKey());
            verifier.update(stated(kind, Fingerprint.of(from), to, atMs));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException forged) {
            return false;
        }
    }

    /**
     * Returns whether authentic statements lead from one identity of a relay to another, each naming the next.
     *
     * @param statements oldest first; those about others, and of another kind, are skipped
     */
    public static boolean leads(Fingerprint from, Fingerprint to, List<RelayStatement> statements) {
        Fingerprint reached = from;
        for (RelayStatement statement : statements) {
            if (statement.kind == Kind.SUCCESSOR
                    && Fingerprint.of(statement.from).equals(reached)
                    && statement.isAuthentic()) {
                reached = statement.to;
            }
        }
        return !from.equals(to) && reached.equals(to);
    }

    /**
     * Returns whether one relay vouches with this statement for another one of its cluster: it is authentic, and not older than seven
     * days.
     *
     * @param nowMs the time, in milliseconds since 1970
     */
    public boolean vouches(Fingerprint by, Fingerprint member, long nowMs) {
        return kind == Kind.MEMBER
                && to.equals(member)
                && Fingerprint.of(from).equals(by)
                && nowMs - atMs < VOUCHED_MS
                && atMs - nowMs < CLOCK_DIFFERENCE_MS
                && isAuthentic();
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
    public static Optional<RelayStatement> parse(Kind kind, String text) {
        String[] words = text.length() > MAX_TEXT ? new String[0] : text.split(" ", 5);
        if (words.length != 4 || !words[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        try {
            X509Certificate from =
                    P256Certificates.certificate(Base64.getDecoder().decode(words[0]));
            return Fingerprint.parse(words[1])
                    .map(to -> new RelayStatement(kind, from, to, Long.parseLong(words[2]), words[3]));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            // Certificate providers throw various unchecked exceptions on malformed input.
            return Optional.empty();
        }
    }
}
