package voiptui.cli.option;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses times such as {@code 60ms}, {@code 2s}, {@code 1.5m}, {@code 1h} and {@code 2d}, of up to a week; a number without a
 * unit is in seconds.
 */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)?");
    private static final Duration LONGEST = Duration.ofDays(7);

    @Override
    public Duration convert(String text) {
        return parse(text, LONGEST, "a week");
    }

    /** Parses a time of up to {@code longest}, which is {@code longestText} for people. */
    static Duration parse(String text, Duration longest, String longestText) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("invalid time '" + text + "'; use for example 500ms, 2s, 10m, 1h or 2d");
        }
        long unitMs = switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1000;
        };
        Duration time = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unitMs))
                .longValue());
        if (time.compareTo(longest) > 0) {
            throw new TypeConversionException("time '" + text + "' is longer than " + longestText);
        }
        return time;
    }
}
