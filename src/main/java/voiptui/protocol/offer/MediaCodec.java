package voiptui.protocol.offer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Audio codec of a call, negotiated by the two clients through the relay. */
public enum MediaCodec {
    /** Opus, mono, 48 kHz (RFC 6716, RFC 7587). */
    OPUS,
    /** Uncompressed samples, mono, 44.1 kHz. */
    PCM;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Returns the name on the wire, on the command line and in JSON. */
    public String wire() {
        return wire;
    }

    /** Returns the codec with that name. */
    public static Optional<MediaCodec> of(String wire) {
        return Arrays.stream(values()).filter(codec -> codec.wire.equals(wire)).findFirst();
    }

    /** Returns the first of {@code preferred} that is also in {@code others}. */
    public static Optional<MediaCodec> common(List<MediaCodec> preferred, List<MediaCodec> others) {
        return preferred.stream().filter(others::contains).findFirst();
    }
}
