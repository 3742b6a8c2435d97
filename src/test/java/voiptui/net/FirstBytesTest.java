package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstBytesTest {

    private static FirstBytes of(String text, int count) {
        return new FirstBytes(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), count);
    }

    @Test
    void shouldKeepTheFirstBytesAndPassAllOn() throws IOException {
        FirstBytes in = of("INVALID and more", 7);
        assertThat(in.kept()).isEmpty();

        assertThat((char) in.read()).isEqualTo('I');
        assertThat(in.kept()).asString().isEqualTo("INVALID");

        assertThat(in.skip(2)).isEqualTo(2);
        assertThat(in.available()).isEqualTo(13);
        assertThat(in.readAllBytes()).asString().isEqualTo("ALID and more");
        assertThat(in.kept()).asString().isEqualTo("INVALID");
    }

    @Test
    void shouldKeepWhatThereIsOfAShorterStream() throws IOException {
        FirstBytes in = of("BYE", 7);

        assertThat(in.readAllBytes()).asString().isEqualTo("BYE");
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.kept()).asString().isEqualTo("BYE");
    }
}
