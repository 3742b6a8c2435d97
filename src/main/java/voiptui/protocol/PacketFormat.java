package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What media packets of a call look like. */
public enum PacketFormat {
    /** RTP with RTCP, between two clients of the second protocol. */
    RTP,
    /** The classic packet, where one side is a classic program. */
    CLASSIC;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Its name on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** The format of that name. */
    public static Optional<PacketFormat> of(String wire) {
        return Arrays.stream(values())
                .filter(format -> format.wire.equals(wire))
                .findFirst();
    }
}
