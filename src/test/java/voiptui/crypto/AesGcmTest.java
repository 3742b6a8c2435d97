package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AesGcmTest {

    @Test
    void shouldUseOpenSslWhereItLoadsAndSayWhichOne() {
        Ciphers.OPENSSL.factory();

        assertThat(AesGcm.load()).isNull();
        assertThat(AesGcm.openSslVersion()).matches("OpenSSL [13]\\.[0-9.]+[a-z]*");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTrustCiphersThatEncryptThePacketOfRfc7714(Ciphers ciphers) {
        AesGcm.check(ciphers.factory());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotTrustCiphersThatDoNot(Ciphers ciphers) {
        PacketCipher.Factory works = ciphers.factory();
        PacketCipher.Factory ignoresSalt = (key, salt, kind) -> works.create(key, new byte[12], kind);
        PacketCipher.Factory authenticatesMore = (key, salt, kind) -> works.create(key, salt, PacketCipher.Kind.RTCP);

        assertThatIllegalStateException().isThrownBy(() -> AesGcm.check(ignoresSalt));
        assertThatIllegalStateException().isThrownBy(() -> AesGcm.check(authenticatesMore));
    }
}
