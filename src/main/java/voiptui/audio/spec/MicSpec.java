package voiptui.audio.spec;

import java.nio.file.Path;
import voiptui.audio.device.DeviceChoice;

/** What the user wants to be heard with: the value of {@code --mic}. */
public sealed interface MicSpec {

    /** Lowest tone that can be asked for, in hertz. */
    double LOWEST_TONE_HZ = 20;
    /** Highest tone that can be asked for, in hertz. */
    double HIGHEST_TONE_HZ = 20_000;
    /** The tone that is played when none is named, in hertz: the A of a tuning fork. */
    double USUAL_TONE_HZ = 440;

    /** The system's default microphone. */
    record SystemDefault() implements MicSpec {}

    /** One microphone among those that there are. */
    record Device(DeviceChoice choice) implements MicSpec {}

    /** A WAV file, played as if it were spoken. */
    record WavFile(Path path) implements MicSpec {}

    /** A sine of {@code hz} hertz. */
    record Tone(double hz) implements MicSpec {}

    /** Digital silence. */
    record Silence() implements MicSpec {}

    /**
     * Reads {@code default}, {@code file:PATH}, {@code tone}, {@code tone:HZ}, {@code silence}, or else the name or index
     * of a device.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    static MicSpec parse(String text) {
        String wanted = text.strip();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "no microphone named: try default, file:PATH, tone, silence or a device");
        }
        if (wanted.startsWith(FileSpec.FILE_PREFIX)) {
            return new WavFile(FileSpec.pathOf(wanted));
        }
        if (wanted.startsWith("tone:")) {
            return new Tone(hertzOf(wanted.substring("tone:".length())));
        }
        return switch (wanted) {
            case "default" -> new SystemDefault();
            case "tone" -> new Tone(USUAL_TONE_HZ);
            case "silence" -> new Silence();
            case "null" ->
                throw new IllegalArgumentException("'null' is a speaker: a microphone without sound is 'silence'");
            default -> new Device(new DeviceChoice(wanted));
        };
    }

    private static double hertzOf(String text) {
        try {
            double hz = Double.parseDouble(text);
            if (hz >= LOWEST_TONE_HZ && hz <= HIGHEST_TONE_HZ) {
                return hz;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, together with numbers that cannot be heard
        }
        throw new IllegalArgumentException("'" + text + "' is no tone: give its frequency in hertz, from 20 to 20000");
    }

    /** Whether a device was asked for by its name or index. */
    default boolean isNamed() {
        return this instanceof Device;
    }

    /** Whether it is a device, named or not: one that may vanish and come back. */
    default boolean isDevice() {
        return this instanceof Device || this instanceof SystemDefault;
    }
}
