package voiptui.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A valid or invalid test key with its certificate. */
public record TestCertificate(PrivateKey key, X509Certificate certificate) {

    /** One as clients and relays make them. */
    public static TestCertificate make() {
        KeyPair pair = pair("secp256r1");
        return of(pair, pair, "SHA256withECDSA");
    }

    /** One on another curve. */
    public static TestCertificate onCurve(String curve) {
        KeyPair pair = pair(curve);
        return of(pair, pair, "SHA256withECDSA");
    }

    /** One with an RSA key. */
    public static TestCertificate rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return of(pair, pair, "SHA256withRSA");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One that somebody else has signed. */
    public static TestCertificate issued() {
        return of(pair("secp256r1"), pair("secp256r1"), "SHA256withECDSA");
    }

    private static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TestCertificate of(KeyPair subject, KeyPair issuer, String algorithm) {
        X500Principal name = new X500Principal("CN=test");
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.valueOf(System.nanoTime()),
                                    Date.from(longAgo),
                                    Date.from(longAgo.plusSeconds(1)),
                                    name,
                                    subject.getPublic())
                            .build(new JcaContentSignerBuilder(algorithm).build(issuer.getPrivate())));
            return new TestCertificate(subject.getPrivate(), certificate);
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
