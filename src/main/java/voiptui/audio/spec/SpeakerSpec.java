package voiptui.audio.spec;

import java.nio.file.Path;
import voiptui.audio.device.DeviceChoice;

/** What the user wants to hear with: the value of {@code --speaker}. */
public sealed interface SpeakerSpec {

    /** The system's default speaker. */
    record SystemDefault() implements SpeakerSpec {}

    /** One speaker among those that there are. */
    record Device(DeviceChoice choice) implements SpeakerSpec {}

    /** A WAV file to record to, which is replaced where it exists. */
    record WavFile(Path path) implements SpeakerSpec {}

    /** Nothing: what would be heard is thrown away. */
    record Null() implements SpeakerSpec {}

    /**
     * Reads {@code default}, {@code file:PATH}, {@code null}, or else the name or index of a device.
     *
     * @throws IllegalArgumentException when it makes no sense, with one line for people
     */
    static SpeakerSpec parse(String text) {
        String wanted = text.strip();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no speaker named: try default, file:PATH, null or a device");
        }
        if (wanted.startsWith(FileSpec.FILE_PREFIX)) {
            return new WavFile(FileSpec.pathOf(wanted));
        }
        if (wanted.equals("tone") || wanted.startsWith("tone:") || wanted.equals("silence")) {
            throw new IllegalArgumentException("'" + wanted + "' is a microphone: a speaker without sound is 'null'");
        }
        return switch (wanted) {
            case "default" -> new SystemDefault();
            case "null" -> new Null();
            default -> new Device(new DeviceChoice(wanted));
        };
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
