package voiptui.protocol.classic;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import voiptui.net.IpText;

/** Request of a classic client to a relay. */
public sealed interface ClassicRequest {

    /** Encodes the request. */
    byte[] wire();

    /** Returns the word that the request starts with. */
    String verb();

    /**
     * Registers the client.
     *
     * @param udpPort the UDP port that the media comes from and goes to, 1 to 65,535
     * @param target the address of the client to talk with
     */
    record Hello(int udpPort, InetAddress target) implements ClassicRequest {
        /** Length up to the target: the word and the port, four bytes, big-endian. */
        static final int FIXED_BYTES = 9;
        /** The longest request. */
        static final int MAX_BYTES = FIXED_BYTES + IpText.MAX_LENGTH;

        @Override
        public byte[] wire() {
            // A zone means nothing to the relay.
            byte[] text = target.getHostAddress().replaceFirst("%.*", "").getBytes(StandardCharsets.US_ASCII);
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

    /** Keeps the registration alive. */
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

    /** Ends the registration. */
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

    /** The longest request, in bytes. Anything longer is invalid. */
    int MAX_BYTES = Hello.MAX_BYTES;

    /**
     * Parses a whole request.
     *
     * @return empty if the bytes are no request
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
        return target.indexOf('%') >= 0
                ? Optional.empty()
                : IpText.parse(target).map(address -> new Hello(udpPort, address));
    }

    /**
     * Returns whether more bytes could turn the bytes so far into a request, or into another one: {@code HELLO} has no
     * terminator, and a request may arrive in pieces.
     */
    static boolean mayContinue(byte[] message) {
        return startsWith(new Heartbeat().wire(), message)
                || startsWith(new Disconnect().wire(), message)
                || isPrefixOfHello(message);
    }

    private static boolean isPrefixOfHello(byte[] message) {
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
