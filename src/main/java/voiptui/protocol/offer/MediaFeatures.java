package voiptui.protocol.offer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A set of media features. It may hold names that this version does not know, so that a relay passes on what newer clients
 * agree on. Immutable; any thread.
 *
 * @param names the names on the wire, sorted, each once; ill-formed ones and those beyond {@link #MAX_NAMES} are dropped
 */
public record MediaFeatures(List<String> names) {

    /** The most features in a set. */
    public static final int MAX_NAMES = 16;

    /** The shape of a name: 1 to 16 characters. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,16}");

    /** The empty set. */
    public static final MediaFeatures NONE = new MediaFeatures(List.of());

    /** All features of this version. */
    public static final MediaFeatures ALL = of(Arrays.stream(MediaFeature.values())
            .filter(feature -> feature != MediaFeature.DTLS_SRTP || MediaFeature.ENCRYPTS)
            .toArray(MediaFeature[]::new));

    /** Sorts the names and drops those that are not allowed. */
    public MediaFeatures {
        names = names.stream()
                .filter(name -> NAME.matcher(name).matches())
                .distinct()
                .sorted()
                .limit(MAX_NAMES)
                .toList();
    }

    /** Returns the set of these features. */
    public static MediaFeatures of(MediaFeature... features) {
        return new MediaFeatures(Arrays.stream(features).map(MediaFeature::wire).toList());
    }

    /** Returns the features that both sets contain. */
    public MediaFeatures common(MediaFeatures other) {
        return new MediaFeatures(names.stream().filter(other.names::contains).toList());
    }

    /** Returns whether the set contains {@code feature}. */
    public boolean contains(MediaFeature feature) {
        return names.contains(feature.wire());
    }

    /** Returns whether the set contains {@code feature}. */
    public boolean contains(SessionFeature feature) {
        return names.contains(feature.wire());
    }

    /** Returns whether the set contains nothing. */
    public boolean isEmpty() {
        return names.isEmpty();
    }
}
