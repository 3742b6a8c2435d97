package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.crypto.SrtpUnprotector.Result;

/** The test vectors of the RFCs, through the path that packets take. */
@ParameterizedClass
@EnumSource
class SrtpVectorsTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String SALT = "517569642070726f2071756f";
    private static final String RTP =
            "8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573";
    private static final String RTCP =
            "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef";
    private static final long RTCP_INDEX = 0x5d4;

    private final Ciphers ciphers;

    SrtpVectorsTest(Ciphers ciphers) {
        this.ciphers = ciphers;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private SrtpKeys keys(SrtpProfile profile) {
        return SrtpKeys.ofSession(
                ciphers.factory(), profile, bytes(KEY.substring(0, 2 * profile.keyBytes())), bytes(SALT));
    }

    /** RFC 7714, 16.1.1, 16.1.2, 16.2.1, 16.2.2, and 17 for SRTCP. */
    @ParameterizedTest
    @CsvSource({
        "AEAD_AES_128_GCM, RTP, 8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b "
                + "36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce",
        "AEAD_AES_256_GCM, RTP, 8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3 b50b2a02 76ffae0f "
                + "1ba63799 b87b7aa3 db36dfff d6b0f9bb 7878d7a7 6c13",
        "AEAD_AES_128_GCM, RTCP, 81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 "
                + "86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4",
        "AEAD_AES_256_GCM, RTCP, 81c8000d 4d617273 d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50 a2eaa5c1 110555be 8415f658 "
                + "c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c b26ac3be 800005d4",
    })
    void shouldProtectAndUnprotectThePacketsOfRfc7714(SrtpProfile profile, String kind, String secured) {
        ByteBuffer plain = ByteBuffer.wrap(bytes(kind.equals("RTP") ? RTP : RTCP));
        ByteBuffer wire = ByteBuffer.allocate(200);

        assertThat(new SrtpSender(keys(profile), RTCP_INDEX).protector().protect(plain, wire))
                .isTrue();
        assertThat(wire).isEqualTo(ByteBuffer.wrap(bytes(secured)));

        ByteBuffer back = ByteBuffer.allocate(200);
        assertThat(new SrtpUnprotector(keys(profile)).unprotect(wire, back)).isEqualTo(Result.ACCEPTED);
        assertThat(back).isEqualTo(plain);
    }

    /** RFC 3711, B.3, and RFC 6188, 7.2 and 7.3 (AES-256). */
    @ParameterizedTest
    @CsvSource({
        "E1F97A0D3E018BE0D64FA32C06DE4139, 0EC675AD498AFEEBB6960B3AABE6, 0, C61E7A93744F39EE10734AFE3FF7A087",
        "E1F97A0D3E018BE0D64FA32C06DE4139, 0EC675AD498AFEEBB6960B3AABE6, 2, 30CBBC08863D8C85D49DB34A9AE1",
        "E1F97A0D3E018BE0D64FA32C06DE4139, 0EC675AD498AFEEBB6960B3AABE6, 1, CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4",
        "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6, 3b04803de51ee7c96423ab5b78d2, 0, "
                + "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
        "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6, 3b04803de51ee7c96423ab5b78d2, 2, fa31791685ca444a9e07c6c64e93",
    })
    void shouldDeriveSessionKeysAsTheRfcsDo(String masterKey, String masterSalt, int label, String derived) {
        byte[] expected = bytes(derived);

        assertThat(SrtpKeys.keyStream(bytes(masterKey), bytes(masterSalt), label, expected.length))
                .isEqualTo(expected);
    }
}
