package voiptui.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A certificate and its key for a {@link V2Peer} or a {@link ScriptedRelay}, made by the JDK's {@code keytool} and used by
 * its TLS, with none of the product's code.
 */
public final class V2Identity {

    private static final char[] PASSWORD = "of a test".toCharArray();
    private static final long KEYTOOL_S = 30;

    private final KeyStore keys;

    private V2Identity(KeyStore keys) {
        this.keys = keys;
    }

    /** Makes an identity on P-256 whose certificate calls itself {@code commonName}, which nobody has to look at. */
    public static V2Identity create(String commonName) throws IOException {
        return create(commonName, "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA");
    }

    /** Makes an identity with an RSA key, which the protocol does not allow. */
    public static V2Identity createRsa(String commonName) throws IOException {
        return create(commonName, "RSA", "-keysize", "2048");
    }

    private static V2Identity create(String commonName, String algorithm, String... how) throws IOException {
        Path folder = Files.createTempDirectory("voiptui-identity");
        Path file = folder.resolve("identity.p12");
        try {
            keytool(file, commonName, algorithm, how);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD);
            }
            return new V2Identity(keys);
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void keytool(Path file, String commonName, String algorithm, String... how) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                "identity",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + commonName,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(how));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(KEYTOOL_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no identity: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) keys.getCertificate("identity");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What others know it by. */
    public String fingerprint() {
        try {
            return fingerprint(certificate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The fingerprint of a certificate in its DER form: {@code protocol.md}, section 1. */
    public static String fingerprint(byte[] der) {
        try {
            String base64 = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
            return "SHA256:" + base64.substring(0, base64.indexOf('='));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** TLS that shows this identity and takes any other, as long as there is one. */
    public SSLContext tls() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            return tls(factory.getKeyManagers());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** TLS that takes any identity and shows none. */
    public static SSLContext anonymousTls() {
        return tls(new KeyManager[0]);
    }

    private static SSLContext tls(KeyManager[] shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(shown, new TrustManager[] {new TakesAny()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Trust is the business of whoever compares fingerprints. */
    private static final class TakesAny extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
