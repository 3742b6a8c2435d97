package voiptui.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import voiptui.net.IpText;

/**
 * The rules for the names that clients are called by: few enough letters that no two look alike, nothing that steers a
 * terminal, and nothing that could be an address.
 */
public final class ClientName {

    /** The longest name. */
    public static final int MAX_LENGTH = 32;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");
    /** Digits and dots alone could be read as an address, or nearly one. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    private ClientName() {}

    /** The name that {@code text} means, in small letters; nothing when it cannot be one. */
    public static Optional<String> parse(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String name = text.toLowerCase(Locale.ROOT);
        boolean fits = SHAPE.matcher(name).matches()
                && !NUMBERS.matcher(name).matches()
                && IpText.parse(name).isEmpty();
        return fits ? Optional.of(name) : Optional.empty();
    }

    /** A name made of any text, such as the one that the system knows its user by. */
    public static String madeOf(String text) {
        String cleaned =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[._-]+|[._-]+$", "");
        return parse(cleaned.substring(0, Math.min(cleaned.length(), MAX_LENGTH)))
                .orElse("someone");
    }
}
