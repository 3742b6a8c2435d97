package voiptui.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;

/**
 * One DTLS 1.2 handshake that agrees on keys for SRTP (RFC 5764) with the peer whose certificate has a known fingerprint. Both
 * sides show their certificate; the master secret is bound to the handshake (RFC 7627).
 *
 * <p>The keys are known before the handshake is complete, when our ChangeCipherSpec leaves, and the {@link EarlyListener} takes them
 * then: what the other side sends with them may arrive next. The passive side has verified the other one by then. The
 * active side knows that nobody but the owner of the expected certificate can have the same keys: it has compared the
 * fingerprint, the ServerKeyExchange was signed for this handshake, and the keys depend on all that was said before (RFC 7627), so
 * that whoever changed a hello has only made them differ. So it may send at once, too (False Start, RFC 7918).
 *
 * <p>Owned by the handshake thread, which it blocks.
 */
final class DtlsHandshake {

    /** The label of the words that two people compare, for the exporter (RFC 5705, 4). */
    static final String WORDS_LABEL = "EXPERIMENTAL-voiptui-read-aloud";

    /** Time until the first retransmission; it doubles each time (RFC 6347, 4.2.4.1). */
    static final int FIRST_RESEND_MS = 50;

    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    };
    private static final SignatureAndHashAlgorithm SIGNATURE =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final Identity own;
    private final Fingerprint expected;
    private final List<SrtpProfile> profiles;
    private final JcaTlsCrypto crypto;
    private final int limitMs;
    private final EarlyListener onEarly;
    private @Nullable SrtpProfile agreed;
    private @Nullable Early early;
    private @Nullable Fingerprint found;
    private @Nullable Fingerprint wrong;
    private @Nullable Result result;

    /** Takes the keys of a handshake that is not complete yet. */
    interface EarlyListener {

        /** The keys are known; the same ones are part of the {@link Result}, if there will be one. Handshake thread. */
        void onEarlyKeys(SrtpKeys.Pair keys);
    }

    /** Keys, and what they were derived from. */
    private record Early(byte[] material, SrtpKeys.Pair keys) {}

    /**
     * What a handshake agreed on.
     *
     * @param keys for SRTP
     * @param words for the two people
     */
    record Result(SrtpKeys.Pair keys, List<String> words) {}

    /**
     * Prepares a handshake.
     *
     * @param limitMs time that it may take, in milliseconds
     * @param onEarly takes the keys before the handshake is complete
     */
    DtlsHandshake(
            JcaTlsCrypto crypto,
            Identity own,
            Fingerprint expected,
            List<SrtpProfile> profiles,
            int limitMs,
            EarlyListener onEarly) {
        this.crypto = crypto;
        this.own = own;
        this.expected = expected;
        this.profiles = profiles;
        this.limitMs = limitMs;
        this.onEarly = onEarly;
    }

    /** Returns the algorithms for the handshakes of one thread, which are those of the JDK. */
    static JcaTlsCrypto newCrypto() {
        return new JcaTlsCryptoProvider().create(new SecureRandom());
    }

    /** Performs the handshake as the active side; returns what sends its last flight again. */
    DTLSTransport connect(DtlsPath path) throws IOException {
        Client client = new Client();
        path.onSwitch(client::onSwitch);
        return new DTLSClientProtocol().connect(client, path);
    }

    /** Performs the handshake as the passive side; returns what sends its last flight again. */
    DTLSTransport accept(DtlsPath path) throws IOException {
        Server server = new Server();
        path.onSwitch(server::onSwitch);
        return new DTLSServerProtocol().accept(server, path);
    }

    /** Returns what was agreed on; null before the handshake has succeeded. */
    @Nullable
    Result result() {
        return result;
    }

    /** Returns the fingerprint of whoever completed the handshake in place of the peer; null: nobody did. */
    @Nullable
    Fingerprint wrong() {
        return wrong;
    }

    private TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, own.key(), ownCertificate(), SIGNATURE);
    }

    private Certificate ownCertificate() throws IOException {
        return new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded())});
    }

    private byte[] encoded() {
        try {
            return own.certificate().getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void remember(@Nullable Certificate shown) throws IOException {
        if (shown == null || shown.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.certificate_required);
        }
        if (shown.getLength() > 1) {
            // A surplus certificate would be room to vary the handshake until its words fit.
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
        }
        found = Fingerprint.ofDer(shown.getCertificateAt(0).getEncoded());
    }

    /**
     * Compares the certificate's fingerprint once the handshake has proved that it came as it was sent, and from its owner: one that was
     * damaged on the way is no reason to give up.
     */
    private void requirePeer() throws IOException {
        if (!expected.equals(found)) {
            wrong = found;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    private SrtpProfile requireProfile() throws IOException {
        if (agreed == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        return agreed;
    }

    /**
     * Derives the keys as Bouncy Castle does once the handshake is complete (RFC 5705, 4), unless that has been done, or the handshake is one
     * whose keys need its end: of another cipher, or without a master secret that is bound to it.
     */
    private void deriveEarly(TlsContext context, boolean isClient) throws IOException {
        SecurityParameters parameters = context.getSecurityParametersHandshake();
        if (early != null || parameters == null || !mayStartEarly(parameters)) {
            return;
        }
        SrtpProfile profile = requireProfile();
        byte[] material = TlsUtils.PRF(
                        parameters,
                        parameters.getMasterSecret(),
                        ExporterLabel.dtls_srtp,
                        TlsUtils.calculateExporterSeed(parameters, null),
                        profile.materialBytes())
                .extract();
        early = new Early(material, SrtpKeys.ofMaterial(profile, material, isClient));
        onEarly.onEarlyKeys(early.keys());
    }

    private static boolean mayStartEarly(SecurityParameters parameters) {
        return parameters.isExtendedMasterSecret()
                && Arrays.stream(CIPHER_SUITES).anyMatch(suite -> suite == parameters.getCipherSuite());
    }

    private void export(TlsContext context, boolean isClient) throws IOException {
        requirePeer();
        SrtpProfile profile = requireProfile();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.materialBytes());
        if (early != null && !MessageDigest.isEqual(material, early.material())) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        SrtpKeys.Pair keys = early != null ? early.keys() : SrtpKeys.ofMaterial(profile, material, isClient);
        Fingerprint mine = own.fingerprint();
        String fingerprints = isClient ? mine + " " + expected : expected + " " + mine;
        byte[] words = context.exportKeyingMaterial(
                WORDS_LABEL, fingerprints.getBytes(StandardCharsets.US_ASCII), ReadAloudWords.BYTES);
        result = new Result(keys, ReadAloudWords.of(words));
    }

    private @Nullable SrtpProfile firstKnown(@Nullable UseSRTPData offered) {
        if (offered == null) {
            return null;
        }
        for (int id : offered.getProtectionProfiles()) {
            SrtpProfile profile = SrtpProfile.of(id).orElse(null);
            if (profile != null && profiles.contains(profile)) {
                return profile;
            }
        }
        return null;
    }

    private static UseSRTPData profileData(List<SrtpProfile> profiles) {
        return new UseSRTPData(profiles.stream().mapToInt(SrtpProfile::id).toArray(), TlsUtils.EMPTY_BYTES);
    }

    /** Our side as the client. */
    private final class Client extends DefaultTlsClient {

        Client() {
            super(crypto);
        }

        void onSwitch() throws IOException {
            if (expected.equals(found)) {
                deriveEarly(context, true);
            }
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), CIPHER_SUITES);
        }

        @Override
        public boolean requiresExtendedMasterSecret() {
            return true;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return limitMs;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return FIRST_RESEND_MS;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            TlsSRTPUtils.addUseSRTPExtension(extensions, profileData(profiles));
            return extensions;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            agreed = firstKnown(chosen);
            if (chosen == null || chosen.getProtectionProfiles().length != 1 || agreed == null) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    remember(shown.getCertificate());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return credentials(context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context, true);
        }
    }

    /** Our side as the server. */
    private final class Server extends DefaultTlsServer {

        Server() {
            super(crypto);
        }

        void onSwitch() throws IOException {
            requirePeer();
            deriveEarly(context, false);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), CIPHER_SUITES);
        }

        @Override
        public boolean requiresExtendedMasterSecret() {
            return true;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return limitMs;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return FIRST_RESEND_MS;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processClientExtensions(Hashtable extensions) throws IOException {
            super.processClientExtensions(extensions);
            agreed = firstKnown(TlsSRTPUtils.getUseSRTPExtension(extensions));
            if (agreed == null) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Hashtable getServerExtensions() throws IOException {
            Hashtable extensions = super.getServerExtensions();
            SrtpProfile chosen = agreed;
            if (chosen != null) {
                TlsSRTPUtils.addUseSRTPExtension(extensions, profileData(List.of(chosen)));
            }
            return extensions;
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            Vector<SignatureAndHashAlgorithm> signatures = new Vector<>();
            signatures.add(SIGNATURE);
            return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, signatures, null);
        }

        @Override
        public void notifyClientCertificate(Certificate shown) throws IOException {
            remember(shown);
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            return credentials(context);
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context, false);
        }
    }
}
