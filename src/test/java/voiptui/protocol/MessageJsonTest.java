package voiptui.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.protocol.offer.RelayFeature;
import voiptui.testkit.Golden;

class MessageJsonTest {

    private static final String CALL = "000102030405060708090a0b0c0d0e0f";
    private static final List<MediaCodec> OPUS = List.of(MediaCodec.OPUS);
    private static final List<MediaCodec> BOTH = List.of(MediaCodec.OPUS, MediaCodec.PCM);
    private static final MediaFeatures RED_AND_XR = MediaFeatures.of(MediaFeature.XR, MediaFeature.RED);
    private static final MediaFeatures ENCRYPTED = MediaFeatures.of(MediaFeature.DTLS_SRTP);
    private static final String FINGERPRINT = "SHA256:" + "f".repeat(43);
    private static final List<String> GOLDEN = Golden.lines("v2-messages.jsonl");

    /** At least one of each, in the order of the golden file. */
    private static final List<ClientMessage> FROM_CLIENT = List.of(
            new ClientMessage.Hello(2, "dora", "0123456789abcdef", true, MediaFeatures.ALL),
            new ClientMessage.Hello(2, "dora", "0123456789abcdef", false, MediaFeatures.NONE),
            new ClientMessage.Hello(2, "dora", "0123456789abcdef", false, MediaFeatures.NONE, 3, 45_000),
            new ClientMessage.Ping(7),
            new ClientMessage.Watch(),
            new ClientMessage.Call(CALL, "workshop", new MediaOffer(BOTH, MediaFeatures.ALL)),
            new ClientMessage.Call(CALL, "workshop", new MediaOffer(BOTH, MediaFeatures.NONE)),
            new ClientMessage.Accept(CALL, new MediaOffer(OPUS, RED_AND_XR)),
            new ClientMessage.Accept(CALL, new MediaOffer(OPUS, MediaFeatures.NONE)),
            new ClientMessage.Call(CALL, "workshop", new MediaOffer(OPUS, ENCRYPTED, FINGERPRINT)),
            new ClientMessage.Accept(CALL, new MediaOffer(OPUS, ENCRYPTED, FINGERPRINT)),
            new ClientMessage.Reject(CALL),
            new ClientMessage.Reject(CALL, CallObjection.NOT_ENCRYPTED.wire()),
            new ClientMessage.Hangup(CALL),
            new ClientMessage.Hangup(CALL, CallObjection.PEER_CHANGED.wire()),
            new ClientMessage.Rejoin(
                    CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, ENCRYPTED), FINGERPRINT),
            new ClientMessage.Rejoin(CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, RED_AND_XR)),
            new ClientMessage.Rejoin(
                    CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.NONE)),
            new ClientMessage.Media(ClientMessage.Media.TCP, 41),
            new ClientMessage.Bye(),
            new ClientMessage.Prove(FINGERPRINT));

    static final List<RelayMessage> FROM_RELAY = List.of(
            new RelayMessage.Welcome(
                    "dora",
                    false,
                    9999,
                    "0123456789abcdef",
                    "00112233445566778899aabbccddeeff".repeat(2),
                    "203.0.113.9:41234",
                    10_000),
            new RelayMessage.Welcome(
                    "dora",
                    true,
                    new RelayMessage.Udp(
                            "203.0.113.1", 9999, "0123456789abcdef", "00112233445566778899aabbccddeeff".repeat(2)),
                    "203.0.113.9:41234",
                    10_000,
                    RelayFeature.ALL),
            new RelayMessage.Unsupported("type", "subscribe"),
            new RelayMessage.Error(RefusalCode.BAD_VERSION, "versions 2 to 2 are supported"),
            new RelayMessage.Error(RefusalCode.NAME_TAKEN, "dora belongs to another certificate"),
            new RelayMessage.Error(
                    RefusalCode.NOT_ALLOWED, "the relay's operator has signed you out", OperatorAction.SIGNED_OUT),
            new RelayMessage.Error(RefusalCode.DRAINING, "", null, "two.example:8888"),
            new RelayMessage.Draining("[2001:db8::1]:8888", 30_000),
            new RelayMessage.Draining(null, 0),
            new RelayMessage.Proof(List.of("AAAA SHA256:x 1 BBBB"), null),
            new RelayMessage.Proof(List.of(), "AAAA SHA256:x 1 BBBB"),
            new RelayMessage.Pong(7),
            new RelayMessage.Contacts(
                    List.of(
                            new RelayMessage.Contact("attic", false, false, 0),
                            new RelayMessage.Contact("workshop", true, true, 1_790_000_000_000L)),
                    true),
            new RelayMessage.Presence(new RelayMessage.Contact("workshop", true, false, 1_790_000_000_000L)),
            new RelayMessage.Progress(CALL, RelayMessage.CallProgress.RINGING),
            new RelayMessage.Incoming(CALL, "dora", new MediaOffer(BOTH, MediaFeatures.ALL)),
            new RelayMessage.Incoming(CALL, "dora", new MediaOffer(BOTH, MediaFeatures.NONE)),
            new RelayMessage.Connected(
                    CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, RED_AND_XR), null),
            new RelayMessage.Connected(
                    CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.NONE), null),
            new RelayMessage.Connected(CALL, "192.0.2.7", MediaFormat.CLASSIC, "f".repeat(32)),
            new RelayMessage.Legs(
                    CALL, new RelayMessage.Leg(1_000, 12, 1_250, 985, 3), new RelayMessage.Leg(995, 5, 500, -1, 0)),
            new RelayMessage.Connected(
                    CALL, "workshop", new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, ENCRYPTED), null, FINGERPRINT),
            new RelayMessage.Ended(CALL, CallEnding.HUNG_UP),
            new RelayMessage.Ended(CALL, CallEnding.HUNG_UP, CallObjection.ENCRYPTION_FAILED.wire()),
            new RelayMessage.Missed("attic", 1_790_000_000_000L));

    @Test
    void shouldHaveAGoldenLineForEveryMessage() {
        assertThat(FROM_CLIENT.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Stream.of(ClientMessage.class.getPermittedSubclasses())
                        .filter(type -> type != ClientMessage.Unsupported.class)
                        .toArray(Class[]::new));
        assertThat(FROM_RELAY.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(RelayMessage.class.getPermittedSubclasses());
        assertThat(GOLDEN).hasSize(FROM_CLIENT.size() + FROM_RELAY.size());
    }

    @Test
    void shouldWriteAndReadClientMessages() {
        for (int i = 0; i < FROM_CLIENT.size(); i++) {
            assertThat(new String(MessageJson.write(FROM_CLIENT.get(i)), StandardCharsets.UTF_8))
                    .isEqualTo(GOLDEN.get(i));
            assertThat(MessageJson.readClient(bytes(GOLDEN.get(i)))).contains(FROM_CLIENT.get(i));
            assertThat(MessageJson.readRelay(bytes(GOLDEN.get(i)))).isEmpty();
        }
    }

    @Test
    void shouldWriteAndReadRelayMessages() {
        for (int i = 0; i < FROM_RELAY.size(); i++) {
            String golden = GOLDEN.get(FROM_CLIENT.size() + i);
            assertThat(new String(MessageJson.write(FROM_RELAY.get(i)), StandardCharsets.UTF_8))
                    .isEqualTo(golden);
            assertThat(MessageJson.readRelay(bytes(golden))).contains(FROM_RELAY.get(i));
            assertThat(MessageJson.readClient(bytes(golden))).get().isInstanceOf(ClientMessage.Unsupported.class);
        }
    }

    @Test
    void shouldIgnoreUnknownFields() {
        assertThat(MessageJson.readClient(bytes("{\"type\":\"ping\",\"later\":{\"a\":[1]},\"id\":7}")))
                .contains(new ClientMessage.Ping(7));
    }

    @Test
    void shouldIgnoreUnknownCodecs() {
        assertThat(MessageJson.readClient(
                        bytes("{\"type\":\"accept\",\"call\":\"" + CALL + "\",\"codecs\":[\"evs\",\"pcm\",\"pcm\"]}")))
                .contains(new ClientMessage.Accept(CALL, MediaOffer.CLASSIC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // as an old client, which knows nothing of features, sends it
                "                             | ''",
                ",\"features\":[]             | ''",
                ",\"features\":[\"xr\",\"red\"] | red,xr",
                ",\"features\":[\"red\",\"red\"] | red",
                // from a newer client: passed on
                ",\"features\":[\"x-9\",\"red\"] | red,x-9",
                // ill-formed names
                ",\"features\":[\"\",\"RED\",\"r d\",\"0123456789abcdefg\",\"0123456789abcdef\"] | 0123456789abcdef",
            })
    void shouldReadTheFeatures(String field, String names) {
        String rest = field == null ? "}" : field.strip() + "}";
        MediaFeatures features = new MediaFeatures(names.isEmpty() ? List.of() : List.of(names.split(",")));
        MediaFormat format = new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, features);

        assertThat(MessageJson.readClient(bytes("{\"type\":\"hello\",\"version\":2,\"name\":\"dora\","
                        + "\"instance\":\"0123456789abcdef\",\"answers\":true" + rest)))
                .contains(new ClientMessage.Hello(2, "dora", "0123456789abcdef", true, features));
        assertThat(MessageJson.readClient(bytes("{\"type\":\"call\",\"call\":\"" + CALL
                        + "\",\"to\":\"workshop\",\"codecs\":[\"opus\"]" + rest)))
                .contains(new ClientMessage.Call(CALL, "workshop", new MediaOffer(OPUS, features)));
        assertThat(MessageJson.readClient(
                        bytes("{\"type\":\"accept\",\"call\":\"" + CALL + "\",\"codecs\":[\"opus\"]" + rest)))
                .contains(new ClientMessage.Accept(CALL, new MediaOffer(OPUS, features)));
        assertThat(MessageJson.readClient(bytes("{\"type\":\"rejoin\",\"call\":\"" + CALL
                        + "\",\"peer\":\"workshop\",\"codec\":\"opus\",\"packets\":\"rtp\"" + rest)))
                .contains(new ClientMessage.Rejoin(CALL, "workshop", format));
        assertThat(MessageJson.readRelay(bytes("{\"type\":\"incoming\",\"call\":\"" + CALL
                        + "\",\"from\":\"dora\",\"codecs\":[\"opus\"]" + rest)))
                .contains(new RelayMessage.Incoming(CALL, "dora", new MediaOffer(OPUS, features)));
        assertThat(MessageJson.readRelay(bytes("{\"type\":\"connected\",\"call\":\"" + CALL
                        + "\",\"peer\":\"workshop\",\"codec\":\"opus\",\"packets\":\"rtp\"" + rest)))
                .contains(new RelayMessage.Connected(CALL, "workshop", format, null));
    }

    @Test
    void shouldIgnoreFeaturesInClassicPackets() {
        assertThat(
                        MessageJson.readRelay(
                                bytes(
                                        "{\"type\":\"connected\",\"call\":\"" + CALL
                                                + "\",\"peer\":\"192.0.2.7\",\"codec\":\"pcm\",\"packets\":\"classic\",\"features\":[\"red\"]}")))
                .contains(new RelayMessage.Connected(CALL, "192.0.2.7", MediaFormat.CLASSIC, null));
    }

    static Stream<String> nonsense() {
        String call = "{\"type\":\"call\",\"call\":\"" + CALL + "\",\"to\":\"workshop\",\"codecs\":[\"opus\"]}";
        return Stream.of(
                "",
                " ",
                "null",
                "7",
                "\"hello\"",
                "[]",
                "{",
                "{}",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":{}}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"id\":-1}",
                "{\"type\":\"ping\",\"id\":1.5}",
                "{\"type\":\"ping\",\"id\":1e3}",
                "{\"type\":\"ping\",\"id\":\"1\"}",
                "{\"type\":\"ping\",\"id\":99999999999999999999}",
                "{\"type\":\"ping\",\"id\":1}{}",
                "{\"type\":\"ping\",\"id\":1",
                call.replace(CALL, CALL.substring(1)),
                call.replace(CALL, CALL.toUpperCase(Locale.ROOT)),
                call.replace(CALL, CALL + "0"),
                call.replace("\"workshop\"", "[]"),
                call.replace("workshop", "w\\ud83d"),
                call.replace("workshop", "\\ude00\\ud83d"),
                call.replace("\"workshop\"", "\"" + "w".repeat(201) + "\""),
                call.replace("[\"opus\"]", "[]"),
                call.replace("[\"opus\"]", "[7]"),
                call.replace("[\"opus\"]", "\"opus\""),
                call.replace("]}", "],\"features\":null}"),
                call.replace("]}", "],\"features\":\"red\"}"),
                call.replace("]}", "],\"features\":{\"red\":true}}"),
                call.replace("]}", "],\"features\":[7]}"),
                call.replace("]}", "],\"features\":[null]}"),
                call.replace("]}", "],\"features\":[\"red\",[\"xr\"]]}"),
                call.replace("]}", "],\"features\":[" + "\"red\",".repeat(16) + "\"red\"]}"),
                call.replace("[\"opus\"]", "[[\"opus\"]]"),
                call.replace("[\"opus\"]", "[" + "\"opus\",".repeat(8) + "\"opus\"]"),
                "[".repeat(8000),
                "{\"type\":".repeat(900),
                "{\"type\":\"hello\",\"version\":2,\"name\":\"dora\","
                        + "\"instance\":\"0123456789ABCDEF\",\"answers\":true}",
                "{\"type\":\"hello\",\"version\":2,\"name\":\"dora\",\"instance\":\"0123456789abcdef\",\"answers\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`type`:`subscribe`}                         | type    | subscribe | -",
                "{`type`:`\\u001b[2J`}                         | type    | ``        | -",
                "{`type`:`0123456789-0123456789`}             | type    | ``        | -",
                "{`type`:`media`,`via`:`quic`,`after`:1}      | via     | quic      | -",
                "{`type`:`rejoin`,`call`:`ID`,`peer`:`dora`,`codec`:`opus`,`packets`:`quic`} | packets | quic | ID",
                "{`type`:`rejoin`,`call`:`ID`,`peer`:`dora`,`codec`:`EVS`,`packets`:`rtp`}   | codec   | ``   | ID",
            })
    void shouldReportWhatAClientSaysThatIsNotKnown(String json, String field, String value, String call) {
        assertThat(MessageJson.readClient(bytes(json.replace('`', '"').replace("ID", CALL))))
                .contains(new ClientMessage.Unsupported(field, value, call.equals("-") ? null : CALL));
    }

    @Test
    void shouldReadAnOfferOfUnknownCodecsOnlyFromAClient() {
        String call = "\"call\":\"" + CALL + "\",\"codecs\":[\"evs\"]";
        MediaOffer nothing = new MediaOffer(List.of(), MediaFeatures.NONE);
        assertThat(MessageJson.readClient(bytes("{\"type\":\"call\",\"to\":\"dora\"," + call + "}")))
                .contains(new ClientMessage.Call(CALL, "dora", nothing));
        assertThat(MessageJson.readClient(bytes("{\"type\":\"accept\"," + call + "}")))
                .contains(new ClientMessage.Accept(CALL, nothing));
        assertThat(MessageJson.readRelay(bytes("{\"type\":\"incoming\",\"from\":\"dora\"," + call + "}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "1", "0", "2147483647"})
    void shouldReadOnlyTheVersionOfAnotherVersionsHello(String version) {
        assertThat(MessageJson.readClient(bytes("{\"type\":\"hello\",\"version\":" + version + ",\"names\":[]}")))
                .contains(new ClientMessage.Hello(Integer.parseInt(version), "", "", false, MediaFeatures.NONE));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void shouldRefuseAnInvalidMessage(String json) {
        assertThat(MessageJson.readClient(bytes(json))).isEmpty();
        assertThat(MessageJson.readRelay(bytes(json))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc0, 0xff})
    void shouldRefuseInvalidUtf8(int wrongByte) {
        byte[] json = bytes("{\"type\":\"error\",\"code\":\"full\",\"text\":\"?\"}");
        assertThat(MessageJson.readRelay(json)).isPresent();
        json[json.length - 3] = (byte) wrongByte;

        assertThat(MessageJson.readRelay(json)).isEmpty();
    }

    @Test
    void shouldRefuseAMessageThatIsTooLong() {
        String padded = "{\"type\":\"watch\"" + " ".repeat(MessageJson.MAX_BYTES) + "}";

        assertThat(MessageJson.readClient(bytes(padded))).isEmpty();
        assertThat(MessageJson.readClient(
                        bytes(padded.substring(0, 15) + " ".repeat(MessageJson.MAX_BYTES - 16) + "}")))
                .contains(new ClientMessage.Watch());
    }

    @Test
    void shouldFitFiftyContactsWithTheLongestNames() {
        List<RelayMessage.Contact> contacts = IntStream.range(0, 50)
                .mapToObj(i -> new RelayMessage.Contact("n".repeat(30) + i / 10 + i % 10, false, false, Long.MAX_VALUE))
                .toList();

        byte[] json = MessageJson.write(new RelayMessage.Contacts(contacts, false));

        assertThat(json.length).isLessThan(MessageJson.MAX_BYTES);
        assertThat(MessageJson.readRelay(json)).contains(new RelayMessage.Contacts(contacts, false));
    }

    /** Reads 100,000 golden messages with bytes changed, removed and inserted. */
    @Test
    void shouldNeverThrowForReceivedBytes() {
        Random random = new Random(4711);
        assertThatCode(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        byte[] bytes = bytes(GOLDEN.get(random.nextInt(GOLDEN.size())));
                        for (int changes = random.nextInt(4); changes >= 0; changes--) {
                            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                        }
                        byte[] mutant = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                        MessageJson.readClient(random.nextBoolean() ? bytes : mutant);
                        MessageJson.readRelay(random.nextBoolean() ? bytes : mutant);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256:short", "", "MD5:ffff"})
    void shouldRejectAFingerprintOfAnotherShape(String fingerprint) {
        String call = "{\"type\":\"call\",\"call\":\"" + CALL + "\",\"to\":\"workshop\",\"codecs\":[\"opus\"],"
                + "\"fingerprint\":\"" + fingerprint + "\"}";
        String connected = "{\"type\":\"connected\",\"call\":\"" + CALL
                + "\",\"peer\":\"workshop\",\"codec\":\"opus\",\"packets\":\"rtp\",\"fingerprint\":\"" + fingerprint
                + "\"}";

        assertThat(MessageJson.readClient(bytes(call))).isEmpty();
        assertThat(MessageJson.readRelay(bytes(connected))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"later-reason, later-reason", "Not Fit, ", "a-reason-of-more-than-twenty, "})
    void shouldPassOnAnObjectionOnlyIfItIsAWord(String written, String read) {
        String reject = "{\"type\":\"reject\",\"call\":\"" + CALL + "\",\"why\":\"" + written + "\"}";
        String ended =
                "{\"type\":\"ended\",\"call\":\"" + CALL + "\",\"reason\":\"rejected\",\"why\":\"" + written + "\"}";

        assertThat(MessageJson.readClient(bytes(reject))).contains(new ClientMessage.Reject(CALL, read));
        assertThat(MessageJson.readRelay(bytes(ended)))
                .contains(new RelayMessage.Ended(CALL, CallEnding.REJECTED, read));
        assertThat(CallObjection.of(read)).isEmpty();
    }
}
