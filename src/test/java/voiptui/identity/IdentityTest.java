package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void shouldMakeAnIdentityAtTheFirstStartAndKeepIt() throws IOException {
        Path file = folder.resolve("config/voiptui/identity.pem");

        Identity first = Identity.loadOrCreate(file, warnings::add);
        Identity second = Identity.loadOrCreate(file, warnings::add);

        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.key()).isEqualTo(first.key());
    }

    @Test
    void shouldMakeTheKeyReadableByTheOwnerOnly() throws IOException {
        Path file = folder.resolve("voiptui/identity.pem");

        Identity.loadOrCreate(file, warnings::add);

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).as("drafts left behind").containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-rw-rw-", "rw-r-xr--"})
    void shouldRefuseAKeyThatOthersMayReadAndSayWhatToDo(String mode) throws IOException {
        Path file = folder.resolve("identity.pem");
        Identity.loadOrCreate(file, warnings::add);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> Identity.loadOrCreate(file, warnings::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--r-----", "rw-r-----", "rw-rw----"})
    void shouldAcceptAKeyThatAContainerPlatformMadeReadableByTheGroup(String mode) throws IOException {
        Path file = folder.resolve("identity.pem");
        Fingerprint made = Identity.loadOrCreate(file, warnings::add).fingerprint();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        if (!Files.exists(Path.of("/proc/self/status"))) {
            // The groups of a process are known on Linux only.
            assertThatThrownBy(() -> Identity.loadOrCreate(file, warnings::add)).isInstanceOf(IOException.class);
            return;
        }
        assertThat(Identity.loadOrCreate(file, warnings::add).fingerprint()).isEqualTo(made);
        assertThat(warnings).singleElement().asString().contains("its group can read it: run chmod 600 " + file);
    }

    @Test
    void shouldRefuseAKeyThatAnotherGroupCanRead() throws IOException {
        Path file = folder.resolve("identity.pem");
        Identity.loadOrCreate(file, warnings::add);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(FileAccess.of(file, Set.of())).isEqualTo(FileAccess.OTHERS);
        assertThat(FileAccess.of(file, Set.of((Integer) Files.getAttribute(file, "unix:gid"))))
                .isEqualTo(FileAccess.OWN_GROUP);
    }

    @Test
    void shouldNameThePathAndTheReasonWhenItCannotCreateTheFile() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        Path file = inTheWay.resolve("identity.pem");

        assertThatThrownBy(() -> Identity.loadOrCreate(file, warnings::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ": ")
                .hasMessageContaining(inTheWay.toString());
    }

    @Test
    void shouldRefuseAnIdentityThatIsNotAFile() throws IOException {
        Path file = Files.createDirectory(folder.resolve("identity.pem"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> Identity.loadOrCreate(file, warnings::add))
                .hasMessageContaining(file + " does not contain an identity");
    }

    @Test
    void shouldLoadAKeyThatIsReadOnly() throws IOException {
        Path file = folder.resolve("identity.pem");
        Identity made = Identity.loadOrCreate(file, warnings::add);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(Identity.loadOrCreate(file, warnings::add).fingerprint()).isEqualTo(made.fingerprint());
    }

    @Test
    void shouldEndWithOneIdentityWhereManyStartAtOnce() throws Exception {
        Path file = folder.resolve("voiptui/identity.pem");
        int starters = 8;
        CyclicBarrier together = new CyclicBarrier(starters);
        ExecutorService threads = Executors.newFixedThreadPool(starters);
        try {
            Callable<Fingerprint> start = () -> {
                together.await();
                return Identity.loadOrCreate(file, warnings::add).fingerprint();
            };
            List<Future<Fingerprint>> started =
                    Stream.generate(() -> threads.submit(start)).limit(starters).toList();
            List<Fingerprint> fingerprints = new ArrayList<>();
            for (Future<Fingerprint> future : started) {
                fingerprints.add(future.get());
            }
            assertThat(fingerprints.stream().collect(Collectors.toSet())).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
                        + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void shouldReportADamagedIdentityFileAndKeepIt(String content) throws IOException {
        Path file = folder.resolve("identity.pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);

        assertThatThrownBy(() -> Identity.loadOrCreate(file, warnings::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " does not contain an identity: restore it from a backup");
        assertThat(file).hasContent(content);
    }

    @Test
    void shouldTolerateAFileSystemWithoutPermissionsAndLinks() throws IOException {
        URI archive = URI.create("jar:" + folder.resolve("disk.zip").toUri());
        try (FileSystem disk = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path file = disk.getPath("/config/voiptui/identity.pem");

            Identity made = Identity.loadOrCreate(file, warnings::add);

            assertThat(Identity.loadOrCreate(file, warnings::add).fingerprint()).isEqualTo(made.fingerprint());
        }
    }

    @Test
    void shouldBeAnX509VersionThreeCertificateForAHundredYears() throws Exception {
        X509Certificate certificate = Identity.create().certificate();

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=voiptui");
        assertThat(certificate.getNotBefore().toInstant()).isBefore(Instant.now());
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(36_525));
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void shouldNotPrintTheKey() {
        Identity identity = Identity.create();

        assertThat(identity.toString()).isEqualTo("Identity[" + identity.fingerprint() + "]");
    }

    @Test
    void shouldAcceptSelfSignedTrustManagerAsThePeer() throws CertificateException {
        X509Certificate[] chain = {Identity.create().certificate()};

        new SelfSignedTrustManager().checkServerTrusted(chain, "UNKNOWN");
        new SelfSignedTrustManager().checkClientTrusted(chain, "UNKNOWN");
    }

    @Test
    void shouldRejectAnythingElseAsAnIdentity() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        X509Certificate own = Identity.create().certificate();

        assertThat(refused()).isTrue();
        assertThat(refused((X509Certificate[]) null)).isTrue();
        assertThat(refused(own, own)).isTrue();
        assertThat(refused(Forged.selfSigned(rsa.generateKeyPair(), "SHA256withRSA")))
                .isTrue();
        assertThat(refused(Forged.selfSigned(p384.generateKeyPair(), "SHA384withECDSA")))
                .isTrue();
        PrivateKey foreign = Identity.create().key();
        assertThat(refused(Forged.signedBy(foreign, own.getPublicKey()))).isTrue();
    }

    private static boolean refused(X509Certificate... chain) {
        try {
            new SelfSignedTrustManager().checkServerTrusted(chain, "UNKNOWN");
            return false;
        } catch (CertificateException refused) {
            return true;
        }
    }
}
