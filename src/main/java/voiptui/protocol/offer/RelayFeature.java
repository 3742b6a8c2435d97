package voiptui.protocol.offer;

import java.util.Arrays;
import java.util.Locale;

/** An optional ability of a relay, which it announces in {@code welcome}; {@code protocol.md}, section 3. */
public enum RelayFeature {
    /** Answers messages and values that it does not know with {@code unsupported}. */
    UNSUPPORTED;

    /** All features of this version. They have the form of media features. */
    public static final MediaFeatures ALL =
            new MediaFeatures(Arrays.stream(values()).map(RelayFeature::wire).toList());

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Returns the name on the wire. */
    public String wire() {
        return wire;
    }
}
