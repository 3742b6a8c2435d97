package voiptui.protocol.offer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** An optional ability of a client's program, announced in {@code hello}; {@code protocol.md}, section 3. */
public enum SessionFeature {
    /** Counts the messages about calls that it receives, and reports the count in {@code hello} and {@code ping}. */
    ACK,
    /** Shows further callers while it rings or is in a call. */
    CALL_WAITING,
    /** Understands {@code RelayMessage.Legs}. */
    LEGS,
    /** Understands {@code RelayMessage.Draining}, and that a call ends because of it. */
    DRAIN;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the name on the wire. */
    public String wire() {
        return wire;
    }

    /** Returns all features of this version of the program, those of its media engine included. */
    public static MediaFeatures announced() {
        return new MediaFeatures(Stream.concat(
                        MediaFeatures.ALL.names().stream(),
                        Arrays.stream(values()).map(SessionFeature::wire))
                .toList());
    }
}
