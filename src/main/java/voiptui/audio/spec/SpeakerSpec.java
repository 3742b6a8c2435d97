package voiptui.audio.spec;

import voiptui.audio.device.DeviceChoice;
import voiptui.audio.wav.NewWavFile;

/** A parsed value of {@code --speaker}. */
public sealed interface SpeakerSpec {

    /** The system's default speaker. */
    record SystemDefault() implements SpeakerSpec {}

    /** A speaker, chosen by index or name. */
    record Device(DeviceChoice choice) implements SpeakerSpec {}

    /** A WAV file to write, another one each time. */
    record WavFile(NewWavFile file) implements SpeakerSpec {}

    /** No speaker: audio is discarded. */
    record Null() implements SpeakerSpec {}

    /**
     * Parses {@code default}, {@code file:PATH}, {@code null}, or the name or index of a device.
     *
     * @throws IllegalArgumentException when the value is invalid; the message is one line for people
     */
    static SpeakerSpec parse(String text) {
        String wanted = text.strip();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no speaker given; use default, file:PATH, null or a device");
        }
        if (wanted.startsWith(FileSpec.FILE_PREFIX)) {
            return new WavFile(new NewWavFile(FileSpec.pathOf(wanted), false));
        }
        if (wanted.equals("tone") || wanted.startsWith("tone:") || wanted.equals("silence")) {
            throw new IllegalArgumentException("'" + wanted + "' is not a speaker; use 'null' for no output");
        }
        return switch (wanted) {
            case "default" -> new SystemDefault();
            case "null" -> new Null();
            default -> new Device(new DeviceChoice(wanted));
        };
    }

    /** Returns what replaces an existing file, if this is a file. */
    default SpeakerSpec overwriting() {
        return this instanceof WavFile wav
                ? new WavFile(new NewWavFile(wav.file().pattern(), true))
                : this;
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
