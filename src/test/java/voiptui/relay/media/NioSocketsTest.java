package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NioSocketsTest {

    @ParameterizedTest(name = "{0} clients: {1}")
    @CsvSource({"-1, 32", "0, 32", "32, 32", "100, 100", "5000, 256"})
    void shouldReadAsManyAtOnceAsClientsShareTheSocket(int clients, int batch) {
        assertThat(NioSockets.batchFor(clients)).isEqualTo(batch);
    }
}
