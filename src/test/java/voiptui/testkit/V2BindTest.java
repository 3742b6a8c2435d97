package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import voiptui.protocol.BindDatagram;

/** Checks the bind datagrams of the test client and the program against independent bytes. */
class V2BindTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("bind-datagram.hex");
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String SESSION = "0011223344556677";
    private static final String COOKIE = "8899aabbccddeeff";
    private static final InetSocketAddress SEEN_AS = new InetSocketAddress("127.0.0.2", 40_000);

    @Test
    void shouldEncodeBindsAndAnswersByteForByte() {
        V2Bind bind = V2Bind.request(SESSION, 5, COOKIE, true);

        assertThat(bind.signed(KEY)).isEqualTo(GOLDEN.get("bind"));
        assertThat(new V2Bind(SESSION, 6, V2Bind.NO_COOKIE, 0, null, 1_200).signed(KEY))
                .isEqualTo(GOLDEN.get("long-bind"));
        assertThat(bind.answer(COOKIE, true, SEEN_AS).signed(KEY)).isEqualTo(GOLDEN.get("answer"));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        assertThat(V2Bind.parse(GOLDEN.get("bind"), KEY)).isEqualTo(V2Bind.request(SESSION, 5, COOKIE, true));
        assertThat(V2Bind.parse(GOLDEN.get("answer"), KEY))
                .isEqualTo(V2Bind.request(SESSION, 5, COOKIE, true).answer(COOKIE, true, SEEN_AS));
    }

    @Test
    void shouldDetectASingleChangedBit() {
        for (int bit : new int[] {40, 100, 28 * 8, 63 * 8}) {
            byte[] changed = GOLDEN.get("answer").clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> V2Bind.parse(changed, KEY))
                    .as("bit %d", bit)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("HMAC");
        }
    }

    @Test
    void shouldAgreeWithTheProductionCode() {
        ByteBuffer written = ByteBuffer.allocate(BindDatagram.MAX_BYTES);
        BindDatagram.Key key = new BindDatagram.Key(HexFormat.of().parseHex(KEY));
        long session = HexFormat.fromHexDigitsToLong(SESSION);
        long cookie = HexFormat.fromHexDigitsToLong(COOKIE);

        BindDatagram.putRequest(written, 64, session, 5, cookie, true, key);
        assertThat(content(written)).isEqualTo(GOLDEN.get("bind"));
        BindDatagram.putRequest(written.clear(), 1_200, session, 6, BindDatagram.NO_COOKIE, false, key);
        assertThat(content(written)).isEqualTo(GOLDEN.get("long-bind"));
        BindDatagram.putAnswer(written.clear(), 64, session, 5, cookie, true, SEEN_AS, key);
        assertThat(content(written)).isEqualTo(GOLDEN.get("answer"));
        assertThat(BindDatagram.seenAs(ByteBuffer.wrap(GOLDEN.get("answer")))).isEqualTo(SEEN_AS);
        assertThat(key.verifies(ByteBuffer.wrap(GOLDEN.get("long-bind")))).isTrue();
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
