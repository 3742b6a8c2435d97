package voiptui.protocol.offer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Format of the media packets of a call. */
public enum PacketFormat {
    /** RTP with RTCP, between two v2 clients. */
    RTP,
    /** The classic packet, if one side is a classic client. */
    CLASSIC;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Returns the name on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** Returns the format with that name. */
    public static Optional<PacketFormat> of(String wire) {
        return Arrays.stream(values())
                .filter(format -> format.wire.equals(wire))
                .findFirst();
    }
}
