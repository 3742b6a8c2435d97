package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import voiptui.identity.Fingerprint;

/** Checks the fingerprints of the test client and the program against OpenSSL. */
class V2IdentityTest {

    /** Made by openssl. */
    private static final String CERTIFICATE = """
            MIIBiTCCAS+gAwIBAgIUBDhFoGRcQt5QYa+U/SHZG9EU1jUwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOdm9pcHR1aS1nb2xkZW4w
            IBcNMjYxMTI0MTQ1NzQ2WhgPMjEyNjEwMzExNDU3NDZaMBkxFzAVBgNVBAMMDnZvaXB0dWktZ29sZGVuMFkwEwYHKoZIzj0CAQYI
            KoZIzj0DAQcDQgAExdvd1wtOD9ZO/YVQ7+1nsY3g42wXhXFMILSIpUR5BjRwXseV/39ldTnbumU9UWL9yYb5t4DNxFadrbAg3fp2
            nKNTMFEwHQYDVR0OBBYEFNiXDttE+qt9suGKdpmCBhPcld4JMB8GA1UdIwQYMBaAFNiXDttE+qt9suGKdpmCBhPcld4JMA8GA1Ud
            EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAM8TE2OqtVUy9zb3wN7TF+N92JyAwLy4je2Bx99xo7m3AiAtboSvfaN34WHK
            0E/Tk49L1I7t94I0dIRTFzL+vMjs+w==""";
    /** By {@code openssl dgst -sha256 -binary | base64}, without the padding. */
    private static final String FINGERPRINT = "SHA256:jjgiIwPd04Cj2V71+S6OBjC9z/RbMpwjarsJbNoZKpI";

    @Test
    void shouldComputeTheSameFingerprintAsOtherPrograms() throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(CERTIFICATE);

        assertThat(V2Identity.fingerprint(der)).isEqualTo(FINGERPRINT);
        assertThat(Fingerprint.of(CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der)))
                        .text())
                .isEqualTo(FINGERPRINT);
    }
}
