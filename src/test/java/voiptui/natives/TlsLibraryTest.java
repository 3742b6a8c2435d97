package voiptui.natives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, libnetty_tcnative_linux_x86_64.so",
        "Linux, aarch64, libnetty_tcnative_linux_aarch_64.so",
        "Linux, arm, libnetty_tcnative_linux_arm.so",
        "Mac OS X, x86_64, libnetty_tcnative_osx_x86_64.jnilib",
        "Mac OS X, aarch64, libnetty_tcnative_osx_aarch_64.jnilib",
    })
    void shouldNameTheFileOfThePlatform(String system, String processor, String file) {
        assertThat(TlsLibrary.fileName(system, processor)).isEqualTo(file);
    }
}
