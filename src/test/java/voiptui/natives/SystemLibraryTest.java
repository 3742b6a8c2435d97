package voiptui.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwjgl.system.MemoryUtil;
import voiptui.testkit.Programs;

class SystemLibraryTest {

    @BeforeEach
    void requireLibraries() {
        Programs.requireNatives(Path.of("target/classes"));
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("sun.arch.data.model").equals("64"),
                "on Linux with 64 bits only");
    }

    @Test
    void shouldOpenTheFirstLibraryThatIsThere() {
        SystemLibrary library = SystemLibrary.open("libnone.so.77", "libm.so.6", "libnone.so.78");

        assertThat(library.function("cos")).isNotZero();
        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> library.function("no_such_function"))
                .withMessage("no no_such_function in libm.so.6");
    }

    @Test
    void shouldNameTheLibrariesThatAreNotThere() {
        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> SystemLibrary.open("libnone.so.77", "libnone.so.78"))
                .withMessage("no libnone.so.77 or libnone.so.78");
    }

    @Test
    void shouldReadTextsOfALibraryWithinBoundsAndWithoutControlCharacters() {
        ByteBuffer text = ByteBuffer.allocateDirect(20);
        text.put("OpenSSL 3\u001b[2J\0".getBytes(StandardCharsets.US_ASCII));
        long address = MemoryUtil.memAddress0(text);

        assertThat(SystemLibrary.text(address, 20)).isEqualTo("OpenSSL 3");
        assertThat(SystemLibrary.text(address, 4)).isEqualTo("Open");
        assertThat(SystemLibrary.text(MemoryUtil.NULL, 20)).isEmpty();
    }
}
