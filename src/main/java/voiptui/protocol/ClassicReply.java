package voiptui.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a classic relay answers; on the wire, the constant's name in ASCII. */
public enum ClassicReply {
    /** To HELLO: registered. */
    WELCOME,
    /** To HELLO: the relay has as many clients as it takes. */
    FULL,
    /** To anything that makes no sense. */
    INVALID,
    /** To HEARTBEAT. */
    ALIVE,
    /** To DISCONNECT. */
    BYE,
    /** To a connection that said nothing in time. */
    TIMEOUT,
    /** The relay failed on the inside. */
    ERROR;

    /** The longest reply, in bytes. */
    public static final int MAX_BYTES = 7;

    private final byte[] wire = name().getBytes(StandardCharsets.US_ASCII);

    /** The reply as it goes over the wire; a copy. */
    public byte[] wire() {
        return wire.clone();
    }

    /** The reply that these bytes are, if they are one. */
    public static Optional<ClassicReply> parse(byte[] bytes) {
        return Arrays.stream(values())
                .filter(reply -> Arrays.equals(reply.wire, bytes))
                .findFirst();
    }
}
