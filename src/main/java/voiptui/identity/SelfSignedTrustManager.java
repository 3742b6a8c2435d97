package voiptui.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Accepts every peer that presents a single self-signed certificate with a P-256 key. Names and dates in it are ignored
 * ({@code protocol.md}, section 1).
 *
 * <p>This proves only that the peer has the certificate's key. The caller must compare the {@link #fingerprint} before it
 * sends anything. Immutable; any thread.
 */
public final class SelfSignedTrustManager extends CheckedTrustManager {

    /**
     * Returns the peer's fingerprint, after the handshake.
     *
     * @throws SSLPeerUnverifiedException if the peer presented no certificate
     */
    public static Fingerprint fingerprint(SSLSession session) throws SSLPeerUnverifiedException {
        return Fingerprint.of(session.getPeerCertificates()[0]);
    }

    @Override
    protected void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length != 1 || !P256Certificates.isSelfSigned(chain[0])) {
            throw new CertificateException("the certificate is not self-signed with a P-256 key");
        }
    }
}
