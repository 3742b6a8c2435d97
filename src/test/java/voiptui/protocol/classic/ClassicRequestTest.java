package voiptui.protocol.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Golden;

class ClassicRequestTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("classic-control.hex");

    static java.util.stream.Stream<String> requests() {
        return GOLDEN.keySet().stream()
                .filter(name -> name.startsWith("HELLO") || name.equals("HEARTBEAT") || name.equals("DISCONNECT"));
    }

    /** Returns the request that a golden section is named after. */
    private static ClassicRequest named(String name) throws UnknownHostException {
        String[] words = name.split(" ");
        return switch (words[0]) {
            case "HELLO" -> new ClassicRequest.Hello(Integer.parseInt(words[1]), InetAddress.getByName(words[2]));
            case "HEARTBEAT" -> new ClassicRequest.Heartbeat();
            case "DISCONNECT" -> new ClassicRequest.Disconnect();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldEncodeLikeTheOriginalPrograms(String name) throws UnknownHostException {
        assertThat(named(name).wire()).isEqualTo(GOLDEN.get(name));
        assertThat(named(name).verb()).isEqualTo(name.split(" ")[0]);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldParseRequestsOfTheOriginalPrograms(String name) throws UnknownHostException {
        assertThat(ClassicRequest.parse(GOLDEN.get(name))).contains(named(name));
    }

    @ParameterizedTest
    @EnumSource(ClassicReply.class)
    void shouldEncodeAndParseEveryReply(ClassicReply reply) {
        byte[] golden = GOLDEN.get(reply.name());

        assertThat(reply.wire()).isEqualTo(golden);
        assertThat(ClassicReply.parse(golden)).contains(reply);
        assertThat(golden.length).isLessThanOrEqualTo(ClassicReply.MAX_BYTES);
    }

    @Test
    void shouldHaveAGoldenSectionForEveryMessage() {
        assertThat(GOLDEN).hasSize(5 + ClassicReply.values().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "welcome", "WELCOM", "WELCOME\n", "WELCOMEX", "OK", "HELLO", " ALIVE"})
    void shouldRefuseAnyOtherReply(String text) {
        assertThat(ClassicReply.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    private static byte[] hello(int port, String target) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("HELLO".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {(byte) (port >>> 24), (byte) (port >>> 16), (byte) (port >>> 8), (byte) port});
        bytes.writeBytes(target.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x13880000})
    void shouldRefuseAnInvalidPort(int port) {
        assertThat(ClassicRequest.parse(hello(port, "192.0.2.7"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.7 ",
                "192.0.2.7\n",
                "192.0.2.7\0",
                "01.2.3.4",
                "1.2.3.4.5",
                "0x7f.0.0.1",
                "2130706433",
                "::g",
                ":::",
                "fe80::1%eth0",
                "[::1]",
                "\u0661.2.3.4",
                "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa"
            })
    void shouldRefuseATargetThatIsNotAnAddress(String target) {
        assertThat(ClassicRequest.parse(hello(5000, target))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HELLO",
                "HELLO\0\0\u0013",
                "hello\0\0\u0013\u0088192.0.2.7",
                "HEARTBEA",
                "HEARTBEATS",
                "HEARTBEAT\n",
                "heartbeat",
                "DISCONNEC",
                "DISCONNECT ",
                "HELLOHEARTBEAT",
                "\u0016\u0003\u0001\u0002\0\u0001",
                "GET / HTTP/1.1\r\n\r\n"
            })
    void shouldRefuseAnyOtherText(String text) {
        assertThat(ClassicRequest.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldRecognizeAnIncompleteMessage(String name) {
        byte[] whole = GOLDEN.get(name);
        for (int length = 0; length < whole.length; length++) {
            assertThat(ClassicRequest.mayContinue(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEARTBEAT", "DISCONNECT", "X", "HEX", "HELLX", "DISCX", "\u0016", "GET"})
    void shouldNotWaitForMoreOfAnInvalidMessage(String text) {
        assertThat(ClassicRequest.mayContinue(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @Test
    void shouldNotWaitForMoreThanTheLongestMessage() {
        byte[] endless = hello(5000, "1".repeat(ClassicRequest.MAX_BYTES));

        assertThat(ClassicRequest.mayContinue(Arrays.copyOf(endless, ClassicRequest.MAX_BYTES)))
                .isFalse();
        assertThat(ClassicRequest.parse(Arrays.copyOf(endless, ClassicRequest.MAX_BYTES + 1)))
                .isEmpty();
    }

    /** Parses noise and altered messages; whatever it accepts must encode to the same bytes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNeverThrowForReceivedBytes(long seed) {
        Random random = new Random(seed);
        byte[][] seeds = GOLDEN.values().toArray(byte[][]::new);
        for (int i = 0; i < 100_000; i++) {
            byte[] message;
            if (random.nextInt(4) == 0) {
                message = new byte[random.nextInt(80)];
                random.nextBytes(message);
            } else {
                byte[] valid = seeds[random.nextInt(seeds.length)];
                message = Arrays.copyOf(valid, Math.max(0, valid.length + random.nextInt(7) - 3));
                for (int n = random.nextInt(4); n > 0 && message.length > 0; n--) {
                    // Bytes found in addresses, which get further into the parser, or any byte.
                    message[random.nextInt(message.length)] = random.nextBoolean()
                            ? (byte) "0123456789abcdef:.%".charAt(random.nextInt(19))
                            : (byte) random.nextInt();
                }
            }
            assertThatCode(() -> {
                        ClassicRequest.mayContinue(message);
                        ClassicReply.parse(message);
                        Optional<ClassicRequest> parsed = ClassicRequest.parse(message);
                        if (parsed.isPresent()) {
                            assertThat(ClassicRequest.parse(parsed.get().wire()))
                                    .isEqualTo(parsed);
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}
