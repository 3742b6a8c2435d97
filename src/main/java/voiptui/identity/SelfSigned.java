package voiptui.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes self-signed certificates and knows one when it sees it: X.509 v3 with an ECDSA key on P-256, signed by that key
 * ({@code wire.md}, section 1). Stateless; any thread.
 */
final class SelfSigned {

    private static final String KEY_ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final X500Name SUBJECT = new X500Name("CN=voiptui");
    private static final int SERIAL_BITS = 64;
    /** A clock that is a day ahead should not make a certificate of tomorrow, for those who do look at dates. */
    private static final Duration BEGINS_BEFORE = Duration.ofDays(1);
    private static final Duration LASTS = Duration.ofDays(36_525);

    private SelfSigned() {
    }

    /** A new key and its certificate, good for a hundred years. */
    static Identity create() {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            Instant begin = Instant.now().minus(BEGINS_BEFORE);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(SUBJECT,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE), Date.from(begin),
                    Date.from(begin.plus(LASTS)), SUBJECT, pair.getPublic());
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new Identity(pair.getPrivate(), certificate(der));
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The certificate of these bytes. */
    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** Whether the certificate's key is on P-256, and the certificate signed by it. */
    static boolean isOne(X509Certificate certificate) {
        try {
            if (!(certificate.getPublicKey() instanceof ECPublicKey key) || !isOnP256(key)) {
                return false;
            }
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException notSigned) {
            // The parsers of foreign certificates throw what they like.
            return false;
        }
    }

    private static boolean isOnP256(ECPublicKey key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(KEY_ALGORITHM);
        parameters.init(new ECGenParameterSpec(CURVE));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        ECParameterSpec has = key.getParams();
        return has.getCurve().equals(p256.getCurve()) && has.getGenerator().equals(p256.getGenerator())
                && has.getOrder().equals(p256.getOrder()) && has.getCofactor() == p256.getCofactor();
    }
}
