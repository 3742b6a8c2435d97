package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

class PcmCodecTest {

    private static final byte[] GOLDEN = Golden.hex("classic-packet.hex").get("media");

    /** The samples that the golden packet's comment describes. */
    private static short[] goldenSamples() {
        short[] samples = new short[882];
        short[] first = {0, 1, -1, 32767, -32768, 256, -256, -2};
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i < first.length ? first[i] : (short) (73 * i % 65536 - 32768);
        }
        return samples;
    }

    @Test
    void shouldWriteSamplesLittleEndian() {
        ByteBuffer packet = ByteBuffer.allocate(1768).put(new byte[] {1, 2, 3, 4});

        PcmCodec.encode(goldenSamples(), packet, 4);

        assertThat(packet.array()).isEqualTo(GOLDEN);
        assertThat(packet.position()).isEqualTo(4);
    }

    @Test
    void shouldReadSamplesLittleEndian() {
        short[] samples = new short[882];

        PcmCodec.decode(Arrays.copyOfRange(GOLDEN, 4, 1768), samples);

        assertThat(samples).isEqualTo(goldenSamples());
    }

    @Test
    void shouldRoundTripEverySample() {
        short[] all = new short[65_536];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        ByteBuffer payload = ByteBuffer.allocate(2 * all.length);
        short[] back = new short[all.length];

        PcmCodec.encode(all, payload, 0);
        PcmCodec.decode(payload.array(), back);

        assertThat(back).isEqualTo(all);
    }

    @Test
    void shouldAllocateNothing() {
        short[] frame = goldenSamples();
        ByteBuffer payload = ByteBuffer.allocate(1764);

        assertThat(Allocation.bytesPerRun(2000, 2000, () -> {
                    PcmCodec.encode(frame, payload, 0);
                    PcmCodec.decode(payload.array(), frame);
                }))
                .isLessThan(1);
    }
}
