package voiptui.crypto;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import voiptui.testkit.Programs;

/** The implementations of AES/GCM, each of which the same tests run over. */
enum Ciphers {
    JDK,
    OPENSSL;

    private static PacketCipher.@Nullable Factory openSsl;

    /** Returns what creates ciphers; skips the test where there is no OpenSSL. */
    synchronized PacketCipher.Factory factory() {
        if (this == JDK) {
            return JdkPacketCipher::new;
        }
        Programs.requireNatives(Path.of("target/classes"));
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("sun.arch.data.model").equals("64"),
                "OpenSSL is used on Linux with 64 bits only");
        if (openSsl == null) {
            openSsl = AesGcm.openSsl(LibCrypto.load());
        }
        return openSsl;
    }
}
