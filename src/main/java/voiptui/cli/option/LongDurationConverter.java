package voiptui.cli.option;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Parses times of up to ten years, such as {@code 180d}; otherwise as {@link DurationConverter}. */
public final class LongDurationConverter implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(3_650);

    @Override
    public Duration convert(String text) {
        return DurationConverter.parse(text, LONGEST, "ten years");
    }
}
