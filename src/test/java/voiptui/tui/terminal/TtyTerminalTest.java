package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class TtyTerminalTest {

    @Test
    void shouldRingTheBellAtOnce() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new TtyTerminal(InputStream.nullInputStream(), out, 80, 24, true).bell();

        assertThat(out.toByteArray()).containsExactly(7);
    }
}
