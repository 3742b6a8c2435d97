package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;
import voiptui.testkit.Sounds;

/** Samples as they are, in either order and at either rate. */
class PcmFramesTest {

    private static final int FRAME = 882;

    private static short[] frame(short... samples) {
        return Arrays.copyOf(samples, FRAME);
    }

    /** RFC 3551, 4.5.11: L16 is big-endian. */
    @Test
    void shouldWriteL16InNetworkByteOrder() {
        byte[] golden = Golden.hex("rtp-packet.hex").get("l16");
        ByteBuffer packet = ByteBuffer.allocateDirect(golden.length);
        packet.put(0, golden, 0, 12);
        int bytes = new PcmEncoder(PcmFormat.CLASSIC, ByteOrder.BIG_ENDIAN)
                .encode(frame(Short.MAX_VALUE, Short.MIN_VALUE, (short) 1, (short) -2), packet, 12);
        byte[] written = new byte[golden.length];
        packet.get(0, written);

        assertThat(bytes).isEqualTo(1764);
        assertThat(written).isEqualTo(golden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void shouldRoundTripEveryFrame(String name) {
        ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        short[] vowel = Sounds.vowel(20_000, 44_100, FRAME, 1);
        byte[] payload = new byte[1764];
        new PcmEncoder(PcmFormat.CLASSIC, order).encode(vowel, ByteBuffer.wrap(payload), 0);
        short[] heard = new short[6 * FRAME];

        assertThat(new PcmDecoder(PcmFormat.CLASSIC, order).decode(payload, 1764, heard))
                .isEqualTo(FRAME);
        assertThat(Arrays.copyOf(heard, FRAME)).isEqualTo(vowel);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1763})
    void shouldRefuseHalfASample(int bytes) {
        PcmDecoder decoder = new PcmDecoder(PcmFormat.CLASSIC, ByteOrder.BIG_ENDIAN);
        short[] heard = new short[6 * FRAME];
        Arrays.fill(heard, (short) 9);

        assertThat(decoder.samples(new byte[1764], bytes)).isZero();
        assertThat(decoder.decode(new byte[1764], bytes, heard)).isZero();
        assertThat(heard).containsOnly((short) 9);
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        FrameEncoder encoder = new PcmEncoder(PcmFormat.CLASSIC, ByteOrder.BIG_ENDIAN);
        FrameDecoder decoder = new PcmDecoder(PcmFormat.CLASSIC, ByteOrder.BIG_ENDIAN);
        byte[] payload = new byte[1764];
        ByteBuffer packet = ByteBuffer.wrap(payload);
        short[] frame = Sounds.vowel(12_000, 44_100, 882, 1);
        short[] heard = new short[6 * 960];

        assertThat(Allocation.bytesPerRun(300, 300, () -> {
                    encoder.encode(frame, packet, 0);
                    decoder.decode(payload, 1764, heard);
                    decoder.conceal(heard, 882);
                }))
                .isLessThan(1);
    }
}
