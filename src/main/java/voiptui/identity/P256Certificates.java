package voiptui.identity;

import java.io.ByteArrayInputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/**
 * Recognizes valid identity certificates: X.509 v3 with an ECDSA key on P-256, signed by that key
 * ({@code protocol.md}, section 1). Stateless; any thread.
 */
final class P256Certificates {

    static final String KEY_ALGORITHM = "EC";
    static final String CURVE = "secp256r1";

    private P256Certificates() {}

    /** Parses a DER or PEM certificate. */
    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** Returns whether the certificate's key is on P-256 and has signed the certificate. */
    static boolean isSelfSigned(X509Certificate certificate) {
        try {
            if (!hasKeyOnP256(certificate)) {
                return false;
            }
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException notSigned) {
            // Certificate providers throw various unchecked exceptions on malformed input.
            return false;
        }
    }

    /** Returns whether the certificate's key is on P-256; the signature is not checked. */
    static boolean hasKeyOnP256(X509Certificate certificate) throws GeneralSecurityException {
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
            return false;
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(KEY_ALGORITHM);
        parameters.init(new ECGenParameterSpec(CURVE));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        ECParameterSpec has = key.getParams();
        return has.getCurve().equals(p256.getCurve())
                && has.getGenerator().equals(p256.getGenerator())
                && has.getOrder().equals(p256.getOrder())
                && has.getCofactor() == p256.getCofactor();
    }
}
