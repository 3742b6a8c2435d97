package voiptui.protocol.classic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reply of a classic relay; on the wire, the name of the constant in ASCII. */
public enum ClassicReply {
    /** To HELLO: registered. */
    WELCOME,
    /** To HELLO: the relay is full. */
    FULL,
    /** To anything that is no request. */
    INVALID,
    /** To HEARTBEAT. */
    ALIVE,
    /** To DISCONNECT. */
    BYE,
    /** To a connection that sent no request in time. */
    TIMEOUT,
    /** The relay had an internal error. */
    ERROR;

    /** The longest reply, in bytes. */
    public static final int MAX_BYTES = 7;

    private final byte[] wire = name().getBytes(StandardCharsets.US_ASCII);

    /** Returns a copy of the bytes on the wire. */
    public byte[] wire() {
        return wire.clone();
    }

    /** Parses a reply; empty if the bytes are none. */
    public static Optional<ClassicReply> parse(byte[] bytes) {
        return Arrays.stream(values())
                .filter(reply -> Arrays.equals(reply.wire, bytes))
                .findFirst();
    }
}
