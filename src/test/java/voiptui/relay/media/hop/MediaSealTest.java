package voiptui.relay.media.hop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Allocation;

class MediaSealTest {

    private static final byte[] KEY = key(1);

    private static byte[] key(int first) {
        byte[] key = new byte[MediaSeal.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i);
        }
        return key;
    }

    private static ByteBuffer datagram(String text) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2_300);
        return buffer.put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    private static ByteBuffer sealed(String text) {
        ByteBuffer datagram = datagram(text);
        assertThat(new MediaSeal(KEY).seal(datagram, 7, 42)).isTrue();
        return datagram;
    }

    @Test
    void shouldAppendWhatTheProtocolSays() throws Exception {
        ByteBuffer datagram = sealed("speech");

        ByteBuffer expected = ByteBuffer.allocate(30).put("speech".getBytes(StandardCharsets.US_ASCII));
        expected.putInt(7).putLong(42);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update(expected.array(), 0, 18);
        expected.put(mac.doFinal(), 0, 12);
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        assertThat(bytes).isEqualTo(expected.array());
        assertThat(MediaSeal.number(datagram)).isEqualTo(7);
        assertThat(MediaSeal.counter(datagram)).isEqualTo(42);
    }

    @Test
    void shouldAcceptOnlyWhatIsUnchangedAndUnderItsKey() {
        ByteBuffer datagram = sealed("speech");
        MediaSeal seal = new MediaSeal(KEY);

        assertThat(seal.isAuthentic(datagram)).isTrue();
        assertThat(new MediaSeal(key(2)).isAuthentic(datagram)).isFalse();
        for (int i = 0; i < datagram.limit(); i++) {
            datagram.put(i, (byte) (datagram.get(i) ^ 1));
            assertThat(seal.isAuthentic(datagram)).as("byte %d changed", i).isFalse();
            datagram.put(i, (byte) (datagram.get(i) ^ 1));
        }
        assertThat(seal.isAuthentic(datagram("short"))).isFalse();
    }

    @Test
    void shouldChangeNothingWithoutRoom() {
        ByteBuffer full = ByteBuffer.allocate(20);

        assertThat(new MediaSeal(KEY).seal(full, 1, 1)).isFalse();
        assertThat(full.limit()).isEqualTo(20);
    }

    @Test
    void shouldAllocateNothingPerDatagram() {
        MediaSeal seal = new MediaSeal(KEY);
        ByteBuffer datagram = datagram("x".repeat(120));

        double bytes = Allocation.bytesPerRun(20_000, 20_000, () -> {
            seal.seal(datagram, 1, 1);
            seal.isAuthentic(datagram);
            datagram.limit(120);
        });

        assertThat(bytes).isLessThan(1);
    }
}
