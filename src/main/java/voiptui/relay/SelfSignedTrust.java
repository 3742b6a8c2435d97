package voiptui.relay;

import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes every certificate that can be an identity: a single one, signed by itself, with an ECDSA key on P-256. Who it is
 * and whether that one may come in is decided by its fingerprint, later. Stateless; any thread.
 */
final class SelfSignedTrust extends X509ExtendedTrustManager {

    /** The prime of P-256 (FIPS 186-4, D.1.2.3). */
    private static final BigInteger P256_PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    /** The order of its base point. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length != 1) {
            throw new CertificateException("an identity is one certificate, not a chain of " + chain.length);
        }
        if (!(chain[0].getPublicKey() instanceof ECPublicKey key) || !isP256(key.getParams())) {
            throw new CertificateException("an identity has a key on P-256");
        }
        try {
            chain[0].verify(key);
        } catch (GeneralSecurityException | RuntimeException foreign) {
            throw new CertificateException("an identity is signed by itself", foreign);
        }
    }

    private static boolean isP256(ECParameterSpec curve) {
        return curve != null && curve.getCurve().getField() instanceof ECFieldFp field
                && field.getP().equals(P256_PRIME) && curve.getOrder().equals(P256_ORDER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a relay calls nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        throw new CertificateException("a relay calls nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a relay calls nobody");
    }

    /** None: a client is not to look for a certificate that somebody issued. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
