package voiptui.audio.wav;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import voiptui.audio.AudioUnavailableException;

/**
 * The name of WAV files to write, one for each call. A file that exists is never replaced, unless the user says so: its name is
 * followed by {@code -2}, {@code -3} and so on.
 *
 * <p>In the name, {@code %n} stands for the first number, from 1, of which there is no file yet, {@code %d} for the date as in
 * 20261127, {@code %t} for the time as in 140359, both of this machine, and {@code %%} for a percent sign.
 *
 * @param pattern the path
 * @param overwrite whether an existing file is replaced
 */
public record NewWavFile(Path pattern, boolean overwrite) {

    private static final int MAX_NAMES = 10_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    /**
     * Creates the file.
     *
     * @param channels number of channels, whose samples are interleaved
     * @param wallClock tells the time for the name
     * @throws AudioUnavailableException when the file cannot be written
     */
    public WavWriter create(int sampleRateHz, int channels, InstantSource wallClock) throws AudioUnavailableException {
        LocalDateTime now = LocalDateTime.ofInstant(wallClock.instant(), ZoneId.systemDefault());
        if (overwrite && !isNumbered()) {
            return new WavWriter(name(1, now), sampleRateHz, channels, WavWriter.MAX_DATA_BYTES);
        }
        for (int number = 1; number <= MAX_NAMES; number++) {
            Optional<WavWriter> created = WavWriter.createNew(name(number, now), sampleRateHz, channels);
            if (created.isPresent()) {
                return created.get();
            }
        }
        throw unavailable("there are " + MAX_NAMES + " files of that name already");
    }

    /**
     * Checks, without writing anything, that files can be created.
     *
     * @throws AudioUnavailableException when that is not so
     */
    public void check(InstantSource wallClock) throws AudioUnavailableException {
        Path first = name(1, LocalDateTime.ofInstant(wallClock.instant(), ZoneId.systemDefault()));
        Path folder = WavWriter.checkFolder(first);
        if (Files.isDirectory(first)) {
            throw unavailable("is a directory");
        }
        if (!Files.isWritable(folder)) {
            throw unavailable("Permission denied");
        }
    }

    private AudioUnavailableException unavailable(String why) {
        return new AudioUnavailableException(
                AudioUnavailableException.Subject.FILE, "cannot write " + pattern + ": " + why);
    }

    private boolean isNumbered() {
        return pattern.toString().replace("%%", "").contains("%n");
    }

    private Path name(int number, LocalDateTime now) {
        String text = pattern.toString();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = c == '%' && i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            switch (next) {
                case 'n' -> name.append(number);
                case 'd' -> name.append(DATE.format(now));
                case 't' -> name.append(TIME.format(now));
                case '%' -> name.append('%');
                default -> name.append(c);
            }
            i += "ndt%".indexOf(next) >= 0 ? 1 : 0;
        }
        return number == 1 || isNumbered() ? Path.of(name.toString()) : withSuffix(Path.of(name.toString()), number);
    }

    private static Path withSuffix(Path path, int number) {
        String name = Objects.requireNonNull(path.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        String numbered = dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
        return path.resolveSibling(numbered);
    }
}
