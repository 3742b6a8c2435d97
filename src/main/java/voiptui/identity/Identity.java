package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A key pair on P-256 with the self-signed certificate that shows it: who a client or a relay is.
 *
 * @param key the private key
 * @param certificate what others see
 */
public record Identity(PrivateKey key, X509Certificate certificate) {

    /**
     * Reads the identity in {@code file} (PEM: private key and certificate), or makes one and writes it there, for its
     * owner's eyes alone (mode 0600; the folder 0700 where it is made).
     *
     * @throws IOException with a line for the user when it cannot be read or written, or others may read it
     */
    public static Identity loadOrCreate(Path file) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    /** What others know it by. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }
}
