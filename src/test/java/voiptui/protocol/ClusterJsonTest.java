package voiptui.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;

class ClusterJsonTest {

    private static final String CALL = "000102030405060708090a0b0c0d0e0f";
    private static final String FINGERPRINT = "SHA256:" + "a".repeat(43);
    private static final MediaOffer OFFER =
            new MediaOffer(List.of(MediaCodec.OPUS, MediaCodec.PCM), MediaFeatures.NONE, FINGERPRINT);

    static final List<ClusterMessage> MESSAGES = List.of(
            new ClusterMessage.Hello(
                    1, FINGERPRINT, "0.1.0", "0123456789abcdef", "192.0.2.1", 9999, "ab".repeat(32), true),
            new ClusterMessage.Invite("ben", 7, new RelayMessage.Incoming(CALL, "dora", OFFER, FINGERPRINT)),
            new ClusterMessage.Answer(8, "ben", FINGERPRINT, new ClientMessage.Accept(CALL, OFFER)),
            new ClusterMessage.Rejoin(
                    9,
                    "dora",
                    FINGERPRINT,
                    new ClientMessage.Rejoin(
                            CALL,
                            "ben",
                            new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.NONE),
                            FINGERPRINT)),
            new ClusterMessage.Told(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP, "not-encrypted")),
            new ClusterMessage.Told(new RelayMessage.Progress(CALL, RelayMessage.CallProgress.RINGING)),
            new ClusterMessage.Vouch("AAAA " + FINGERPRINT + " 1 BBBB"),
            new ClusterMessage.Check(CALL));

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void shouldReadWhatItWrites(ClusterMessage message) {
        assertThat(ClusterJson.read(ClusterJson.write(message))).contains(message);
    }

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void shouldIgnoreFieldsOfLaterVersions(ClusterMessage message) {
        String json = new String(ClusterJson.write(message), StandardCharsets.UTF_8);
        String later = json.replaceFirst("\\{", "{\"later\":[1,{\"x\":null}],");

        assertThat(ClusterJson.read(later.getBytes(StandardCharsets.UTF_8))).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\":\"later\"}",
                "{\"type\":\"check\",\"call\":\"x\"}",
                "{\"type\":\"told\",\"message\":{\"type\":\"pong\",\"id\":1}}",
                "{\"type\":\"invite\",\"to\":\"192.0.2.1\",\"number\":1,\"message\":{}}",
                "{\"type\":\"invite\",\"to\":\"ben\",\"number\":0,\"message\":{\"type\":\"progress\"}}",
            })
    void shouldIgnoreWhatItDoesNotKnow(String text) {
        assertThat(ClusterJson.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void shouldLetNothingThroughThatCouldReachATerminal() {
        for (ClusterMessage message : MESSAGES.subList(0, 2)) {
            String json = new String(ClusterJson.write(message), StandardCharsets.UTF_8);
            String hostile = json.replace("0.1.0", "\\u001b[2J").replace("\"dora\"", "\"\\u001b[2J\"");

            assertThat(hostile).isNotEqualTo(json);
            assertThat(ClusterJson.read(hostile.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @Test
    void shouldSurviveDamage() {
        SplittableRandom random = new SplittableRandom(1);
        for (ClusterMessage message : MESSAGES) {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = ClusterJson.write(message);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                ClusterJson.read(bytes);
            }
        }
        assertThat(ClusterJson.read(new byte[ClusterJson.MAX_BYTES + 1])).isEmpty();
    }
}
