package voiptui.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a call's sound is coded, as two clients agree on it through the relay. */
public enum MediaCodec {
    /** Opus, mono, 48 kHz (RFC 6716, RFC 7587). */
    OPUS,
    /** Samples as they are, mono, 44.1 kHz. */
    PCM;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Its name on the wire, on the command line and in JSON. */
    public String wire() {
        return wire;
    }

    /** The codec of that name. */
    public static Optional<MediaCodec> of(String wire) {
        return Arrays.stream(values()).filter(codec -> codec.wire.equals(wire)).findFirst();
    }

    /** The first of {@code preferred} that is among {@code others}. */
    public static Optional<MediaCodec> common(List<MediaCodec> preferred, List<MediaCodec> others) {
        return preferred.stream().filter(others::contains).findFirst();
    }
}
