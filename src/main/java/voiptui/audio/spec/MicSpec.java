package voiptui.audio.spec;

import java.nio.file.Path;
import voiptui.audio.device.DeviceChoice;

/** A parsed value of {@code --mic}. */
public sealed interface MicSpec {

    /** Lowest frequency of a tone, in hertz. */
    double MIN_TONE_HZ = 20;
    /** Highest frequency of a tone, in hertz. */
    double MAX_TONE_HZ = 20_000;
    /** Frequency of a tone for which none is given, in hertz. */
    double DEFAULT_TONE_HZ = 440;

    /** The system's default microphone. */
    record SystemDefault() implements MicSpec {}

    /** A microphone, chosen by index or name. */
    record Device(DeviceChoice choice) implements MicSpec {}

    /** A WAV file. */
    record WavFile(Path path) implements MicSpec {}

    /** A sine of {@code hz} hertz. */
    record Tone(double hz) implements MicSpec {}

    /** Digital silence. */
    record Silence() implements MicSpec {}

    /**
     * Parses {@code default}, {@code file:PATH}, {@code tone}, {@code tone:HZ}, {@code silence}, or the name or index of a
     * device.
     *
     * @throws IllegalArgumentException when the value is invalid; the message is one line for people
     */
    static MicSpec parse(String text) {
        String wanted = text.strip();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "no microphone given; use default, file:PATH, tone, silence or a device");
        }
        if (wanted.startsWith(FileSpec.FILE_PREFIX)) {
            return new WavFile(FileSpec.pathOf(wanted));
        }
        if (wanted.startsWith("tone:")) {
            return new Tone(hertzOf(wanted.substring("tone:".length())));
        }
        return switch (wanted) {
            case "default" -> new SystemDefault();
            case "tone" -> new Tone(DEFAULT_TONE_HZ);
            case "silence" -> new Silence();
            case "null" -> throw new IllegalArgumentException("'null' is not a microphone; use 'silence'");
            default -> new Device(new DeviceChoice(wanted));
        };
    }

    private static double hertzOf(String text) {
        try {
            double hz = Double.parseDouble(text);
            if (hz >= MIN_TONE_HZ && hz <= MAX_TONE_HZ) {
                return hz;
            }
        } catch (NumberFormatException notANumber) {
            // rejected below, with numbers out of range
        }
        throw new IllegalArgumentException("invalid tone '" + text + "': the frequency must be 20 to 20000 Hz");
    }

    /** Returns whether a device was chosen by name or index. */
    default boolean isNamed() {
        return this instanceof Device;
    }

    /** Returns whether this is a device, default or not: one that may be unplugged and come back. */
    default boolean isDevice() {
        return this instanceof Device || this instanceof SystemDefault;
    }
}
