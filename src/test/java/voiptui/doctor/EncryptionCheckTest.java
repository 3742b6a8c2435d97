package voiptui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncryptionCheckTest {

    @Test
    void shouldReportTheLibraryInUse() {
        assertThat(EncryptionCheck.finding("OpenSSL 3.0.17", null))
                .isEqualTo(Finding.ok("encryption", "AES-GCM by OpenSSL 3.0.17"));
    }

    @Test
    void shouldFindNoFaultWithJavaAndSayWhyItIsUsed() {
        assertThat(EncryptionCheck.finding(null, "no libcrypto.so.3 or libcrypto.so.1.1"))
                .isEqualTo(Finding.ok(
                        "encryption",
                        "AES-GCM by Java, as OpenSSL was not loaded: no libcrypto.so.3 or libcrypto.so.1.1"));
    }
}
