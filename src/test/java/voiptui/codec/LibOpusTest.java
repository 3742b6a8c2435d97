package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Programs;
import voiptui.testkit.Sounds;

class LibOpusTest extends OpusLibraryTest {

    LibOpusTest() {
        super(load());
    }

    /** Loads the library, or skips the test on a platform for which there is none. */
    static OpusLibrary load() {
        Programs.requireNatives(Path.of("target/classes"));
        return LibOpus.load();
    }

    @ParameterizedTest(name = "loss {0}")
    @CsvSource({"0, 0.95", "0.05, 0.90", "0.1, 0.85", "0.3, 0.71"})
    void shouldCarrySpeech(double loss, double quality) throws IOException {
        assertThat(quality(loss)).isGreaterThan(quality);
    }

    @ParameterizedTest(name = "loss {0}")
    @ValueSource(doubles = {0, 0.05, 0.1, 0.2, 0.3})
    void shouldSoundBetterThanTheFallback(double loss) throws IOException {
        assertThat(quality(loss)).isGreaterThan(new ConcentusOpusTest().quality(loss));
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        FrameEncoder encoder = load().encoder();
        FrameDecoder decoder = load().decoder();
        short[] frame = Sounds.vowel(12_000, 48_000, 960, 1);
        ByteBuffer packet = ByteBuffer.allocate(encoder.maxPayloadBytes());

        assertThat(Allocation.bytesPerRun(1_000, 1_000, () -> {
                    int length = encoder.encode(frame, packet, 0);
                    decoder.decode(packet.array(), length, frame);
                    decoder.conceal(frame);
                }))
                .isLessThan(1);
    }
}
