package voiptui.protocol;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import voiptui.net.IpText;

/** What a classic client says to a relay. */
public sealed interface ClassicRequest {

    /** The message as it goes over the wire. */
    byte[] wire();

    /** The word that the message begins with. */
    String verb();

    /**
     * Register me.
     *
     * @param udpPort the UDP port that the media comes from and goes to, 1 to 65,535
     * @param target the address of the client to talk with
     */
    record Hello(int udpPort, InetAddress target) implements ClassicRequest {
        /** The message up to the target: the word and four bytes of port, big-endian. */
        static final int FIXED_BYTES = 9;
        /** The longest message. */
        static final int MAX_BYTES = FIXED_BYTES + IpText.MAX_LENGTH;

        @Override
        public byte[] wire() {
            byte[] text = target.getHostAddress().getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocate(FIXED_BYTES + text.length)
                    .put(verb().getBytes(StandardCharsets.US_ASCII))
                    .putInt(udpPort)
                    .put(text)
                    .array();
        }

        @Override
        public String verb() {
            return "HELLO";
        }
    }

    /** I am still here. */
    record Heartbeat() implements ClassicRequest {
        @Override
        public byte[] wire() {
            return verb().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String verb() {
            return "HEARTBEAT";
        }
    }

    /** Forget me. */
    record Disconnect() implements ClassicRequest {
        @Override
        public byte[] wire() {
            return verb().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String verb() {
            return "DISCONNECT";
        }
    }

    /** The longest message that can still be one; a connection that sends more is talking about something else. */
    int MAX_BYTES = Hello.MAX_BYTES;

    /**
     * Reads a whole message.
     *
     * @return the message, or nothing when the bytes are none
     */
    static Optional<ClassicRequest> parse(byte[] message) {
        if (Arrays.equals(message, new Heartbeat().wire())) {
            return Optional.of(new Heartbeat());
        }
        if (Arrays.equals(message, new Disconnect().wire())) {
            return Optional.of(new Disconnect());
        }
        return parseHello(message);
    }

    private static Optional<ClassicRequest> parseHello(byte[] message) {
        byte[] verb = "HELLO".getBytes(StandardCharsets.US_ASCII);
        if (message.length < Hello.FIXED_BYTES
                || message.length > Hello.MAX_BYTES
                || !Arrays.equals(message, 0, verb.length, verb, 0, verb.length)) {
            return Optional.empty();
        }
        int udpPort = ByteBuffer.wrap(message).getInt(verb.length);
        if (udpPort < 1 || udpPort > 65_535) {
            return Optional.empty();
        }
        String target =
                new String(message, Hello.FIXED_BYTES, message.length - Hello.FIXED_BYTES, StandardCharsets.ISO_8859_1);
        return IpText.parse(target).map(address -> new Hello(udpPort, address));
    }

    /**
     * Whether more bytes could turn {@code message}, which came so far, into a message or into another one: a
     * {@code HELLO} has no end mark, and any message may come in pieces.
     */
    static boolean mayContinue(byte[] message) {
        return startsWith(new Heartbeat().wire(), message)
                || startsWith(new Disconnect().wire(), message)
                || isBeginningOfHello(message);
    }

    private static boolean isBeginningOfHello(byte[] message) {
        byte[] verb = "HELLO".getBytes(StandardCharsets.US_ASCII);
        return message.length < Hello.MAX_BYTES
                && (message.length < verb.length
                        ? startsWith(verb, message)
                        : Arrays.equals(message, 0, verb.length, verb, 0, verb.length));
    }

    private static boolean startsWith(byte[] whole, byte[] beginning) {
        return beginning.length < whole.length
                && Arrays.equals(whole, 0, beginning.length, beginning, 0, beginning.length);
    }
}
