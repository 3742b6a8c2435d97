package voiptui.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts every peer that presents a single self-signed certificate with a P-256 key. Names and dates in it are ignored
 * ({@code protocol.md}, section 1).
 *
 * <p>This proves only that the peer has the certificate's key. The caller must compare the {@link #fingerprint} before it
 * sends anything. Immutable; any thread.
 */
public final class SelfSignedTrustManager extends X509ExtendedTrustManager {

    /**
     * Returns the peer's fingerprint, after the handshake.
     *
     * @throws SSLPeerUnverifiedException if the peer presented no certificate
     */
    public static Fingerprint fingerprint(SSLSession session) throws SSLPeerUnverifiedException {
        return Fingerprint.of(session.getPeerCertificates()[0]);
    }

    private static void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length != 1 || !P256Certificates.isSelfSigned(chain[0])) {
            throw new CertificateException("the certificate is not self-signed with a P-256 key");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    /** Returns none: peers are not asked for a certificate of a certain authority. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
