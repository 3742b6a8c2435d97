package voiptui.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes every other side that shows an identity of its own: a single self-signed certificate with a key on P-256. Names and
 * dates in it are not looked at ({@code protocol.md}, section 1).
 *
 * <p>That says only that the other side has the certificate's key. Whether it is the one that is meant, its {@link
 * #fingerprint} tells, and whoever uses this must look at it before a word is said. Immutable; any thread.
 */
public final class SelfSignedTrustManager extends X509ExtendedTrustManager {

    /**
     * What the other side of a connection is known by, after the handshake.
     *
     * @throws SSLPeerUnverifiedException when it showed nothing
     */
    public static Fingerprint fingerprint(SSLSession session) throws SSLPeerUnverifiedException {
        return Fingerprint.of(session.getPeerCertificates()[0]);
    }

    private static void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length != 1 || !P256Certificates.isSelfSigned(chain[0])) {
            throw new CertificateException("it shows no self-signed certificate with a key on P-256");
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

    /** None: nobody is asked for a certificate of a certain authority. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
