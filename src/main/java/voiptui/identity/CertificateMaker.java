package voiptui.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Creates key pairs and self-signed certificates (RFC 5280). The only class that uses Bouncy Castle, which is therefore
 * loaded at the very first start only. Stateless; any thread.
 */
final class CertificateMaker {

    private static final X500Name SUBJECT = new X500Name("CN=voiptui");
    private static final int SERIAL_BITS = 64;
    /** Makes the certificate valid from yesterday, for peers whose clock is behind. */
    private static final Duration BEGINS_BEFORE = Duration.ofDays(1);

    private static final Duration LASTS = Duration.ofDays(36_525);

    private CertificateMaker() {}

    /** Returns a new key and its certificate, valid for a hundred years. */
    static Identity make() {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance(P256Certificates.KEY_ALGORITHM);
            generator.initialize(new ECGenParameterSpec(P256Certificates.CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            Instant begin = Instant.now().minus(BEGINS_BEFORE);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    SUBJECT,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    Date.from(begin),
                    Date.from(begin.plus(LASTS)),
                    SUBJECT,
                    pair.getPublic());
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new Identity(pair.getPrivate(), P256Certificates.certificate(der));
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
