package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A key pair on P-256 with the self-signed certificate that shows it: who a client or a relay is.
 *
 * <p>Immutable; any thread.
 *
 * @param key the private key
 * @param certificate what others see
 */
public record Identity(PrivateKey key, X509Certificate certificate) {

    /** The version of TLS that identities are shown in, and the only one ({@code protocol.md}, section 1). */
    public static final String TLS_VERSION = "TLSv1.3";

    /**
     * Reads the identity in {@code file} (PEM: private key and certificate), or makes one and writes it there, for its
     * owner's eyes alone (mode 0600; the folder 0700 where it is made). Of several processes that make one at the same time,
     * all come back with the same.
     *
     * @throws IOException with a line for the user when it cannot be read or written, or others may read it
     */
    public static Identity loadOrCreate(Path file) throws IOException {
        return IdentityFile.loadOrCreate(file);
    }

    /** A new identity, which is nowhere but in memory. */
    public static Identity create() {
        return CertificateMaker.make();
    }

    /** What others know it by. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** Shows this identity, and no other, whoever asks. */
    public KeyManager keyManager() {
        return new IdentityKeyManager(this);
    }

    /**
     * What TLS connections are made from that show this identity, and that take every other side that has one ({@link
     * SelfSignedTrustManager}); whom one really talks to, its fingerprint tells afterwards.
     */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance(TLS_VERSION);
            context.init(
                    new KeyManager[] {keyManager()},
                    new TrustManager[] {new SelfSignedTrustManager()},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Names the certificate only: the key is nobody's to print. */
    @Override
    public String toString() {
        return "Identity[" + fingerprint() + "]";
    }
}
