package voiptui.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpText;

/**
 * Rules for client names: no two that look alike, no terminal control characters, nothing that could be an IP address.
 */
public final class ClientName {

    /** The longest name. */
    public static final int MAX_LENGTH = 32;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");
    /** Digits and dots alone look like an address. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    private ClientName() {}

    /**
     * Parses a name.
     *
     * @param text null: no name
     * @return the name in lower case; empty if {@code text} is not valid
     */
    public static Optional<String> parse(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String name = text.toLowerCase(Locale.ROOT);
        boolean fits = SHAPE.matcher(name).matches()
                && !NUMBERS.matcher(name).matches()
                && IpText.parse(name).isEmpty();
        return fits ? Optional.of(name) : Optional.empty();
    }

    /** Derives a valid name from any text, such as the login name. */
    public static String derivedFrom(String text) {
        String cleaned =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[._-]+|[._-]+$", "");
        return parse(cleaned.substring(0, Math.min(cleaned.length(), MAX_LENGTH)))
                .orElse("someone");
    }
}
