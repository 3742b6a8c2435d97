package voiptui.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that are not what an identity is. */
final class Forged {

    private static final X500Name NAME = new X500Name("CN=voiptui");

    private Forged() {}

    static X509Certificate selfSigned(KeyPair pair, String algorithm) throws Exception {
        return made(pair.getPublic(), pair.getPrivate(), algorithm);
    }

    static X509Certificate signedBy(PrivateKey signer, PublicKey shown) throws Exception {
        return made(shown, signer, "SHA256withECDSA");
    }

    private static X509Certificate made(PublicKey shown, PrivateKey signer, String algorithm) throws Exception {
        Date now = Date.from(Instant.EPOCH);
        return P256Certificates.certificate(new JcaX509v3CertificateBuilder(
                        NAME, BigInteger.ONE, now, Date.from(Instant.EPOCH.plusSeconds(1)), NAME, shown)
                .build(new JcaContentSignerBuilder(algorithm).build(signer))
                .getEncoded());
    }
}
