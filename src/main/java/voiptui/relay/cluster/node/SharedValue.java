package voiptui.relay.cluster.node;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two values that relays have set for one key is kept. A value begins with a number, mostly a time in milliseconds since 1970,
 * and a space; the lower number wins, and the lower text if the numbers are equal. Stateless; any thread.
 */
public final class SharedValue {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18}) (.*)");

    private SharedValue() {}

    /** Returns the value that is kept. What has no number loses. */
    public static String first(String one, String other) {
        int byNumber = Long.compare(number(one), number(other));
        int order = byNumber != 0 ? byNumber : one.compareTo(other);
        return order <= 0 ? one : other;
    }

    /** Returns the number; {@link Long#MAX_VALUE} if there is none. */
    public static long number(String value) {
        Matcher parts = SHAPE.matcher(value);
        return parts.matches() ? Long.parseLong(parts.group(1)) : Long.MAX_VALUE;
    }

    /** Returns what follows the number; empty if there is none. */
    public static String text(String value) {
        Matcher parts = SHAPE.matcher(value);
        return parts.matches() ? parts.group(2) : "";
    }

    /** Returns a value. */
    public static String of(long number, String text) {
        return number + " " + text;
    }
}
