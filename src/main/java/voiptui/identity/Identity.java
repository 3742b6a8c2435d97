package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The identity of a client or relay: a P-256 key with its self-signed certificate.
 *
 * <p>Immutable; any thread.
 *
 * @param key the private key
 * @param certificate the certificate shown to others
 */
public record Identity(PrivateKey key, X509Certificate certificate) {

    /** The only TLS version in use ({@code protocol.md}, section 1). */
    public static final String TLS_VERSION = "TLSv1.3";

    /**
     * Reads the identity in {@code file} (PEM: private key and certificate). If the file does not exist, creates an
     * identity and writes it, readable by its owner only (mode 0600; a new directory 0700). Processes that do so at the same
     * time all return the same identity.
     *
     * <p>A file that its group may read is accepted, with a warning, if this process belongs to the group: container
     * platforms change modes so.
     *
     * @param warn receives a line for the user
     * @throws IOException if the file cannot be read or written, or others may read it; its message is for the user
     */
    public static Identity loadOrCreate(Path file, Consumer<String> warn) throws IOException {
        return IdentityFile.loadOrCreate(file, warn);
    }

    /** Returns a new identity that is not saved. */
    public static Identity create() {
        return CertificateMaker.make();
    }

    /** Returns the fingerprint of the certificate. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** Returns a key manager that always presents this identity. */
    public KeyManager keyManager() {
        return new IdentityKeyManager(this);
    }

    /**
     * Returns a TLS context that presents this identity and accepts any peer with a self-signed P-256 certificate ({@link
     * SelfSignedTrustManager}). The caller must then check the peer's fingerprint.
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

    /** Returns the fingerprint only, never the key. */
    @Override
    public String toString() {
        return "Identity[" + fingerprint() + "]";
    }
}
