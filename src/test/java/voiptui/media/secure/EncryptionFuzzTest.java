package voiptui.media.secure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More of it is in {@code src/test/bench/encryption.sh}. */
class EncryptionFuzzTest {

    @Test
    @Timeout(120)
    void shouldLoseNothingOfACallWhileDamagedDatagramsPourIn() throws InterruptedException {
        assertThat(EncryptionFuzz.run(20_000, 1)).contains("400 packets of the call, none lost");
    }
}
