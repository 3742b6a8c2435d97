package voiptui.audio.device;

import java.util.List;
import java.util.function.Supplier;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;
import voiptui.audio.PcmFormat;

/**
 * Opens Java Sound lines of one direction, and turns whatever Java Sound throws into one line for people. Stateless; any
 * thread that may block.
 *
 * @param <L> the type of the Java Sound line
 */
final class LineOpener<L extends DataLine> {

    /** Opens the lines of microphones. */
    static final LineOpener<TargetDataLine> MICROPHONE =
            new LineOpener<>("microphone", TargetDataLine.class, AudioDevices::inputs, TargetDataLine::open);
    /** Opens the lines of speakers. */
    static final LineOpener<SourceDataLine> SPEAKER =
            new LineOpener<>("speaker", SourceDataLine.class, AudioDevices::outputs, SourceDataLine::open);

    /**
     * An open Java Sound line.
     *
     * @param name its name for people: {@code speaker 'USB Headset'}
     * @param line the line, open but not started
     */
    record OpenLine<L extends DataLine>(String name, L line) {}

    /** The {@code open} method that the line types of Java Sound each declare for themselves. */
    @FunctionalInterface
    private interface OpenMethod<L> {

        void open(L line, AudioFormat format, int bufferBytes) throws LineUnavailableException;
    }

    private final String kind;
    private final Class<L> lineClass;
    private final Supplier<List<AudioDevice>> devices;
    private final OpenMethod<L> openMethod;

    private LineOpener(String kind, Class<L> lineClass, Supplier<List<AudioDevice>> devices, OpenMethod<L> openMethod) {
        this.kind = kind;
        this.lineClass = lineClass;
        this.devices = devices;
        this.openMethod = openMethod;
    }

    /**
     * Opens the device that the user chose.
     *
     * @param bufferMs length to ask for the line's buffer, in milliseconds
     * @throws AudioUnavailableException when none or several match, or it cannot be opened
     */
    OpenLine<L> open(DeviceChoice choice, PcmFormat format, int bufferMs) throws AudioUnavailableException {
        String name = kind + " '" + choice.text() + "'";
        try {
            AudioDevice device = choice.find(devices.get(), kind);
            return open(name, AudioDevices.lineOf(device, lineClass, LineFormat.of(format)), format, bufferMs);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new AudioUnavailableException(Subject.NAMED_DEVICE, "cannot open " + name + ": " + e.getMessage());
        }
    }

    /**
     * Opens the system's default device.
     *
     * @param bufferMs length to ask for the line's buffer, in milliseconds
     * @throws AudioUnavailableException when there is none, or it cannot be opened; Java Sound's own message is left out, as
     *     it is about classes
     */
    OpenLine<L> openDefault(PcmFormat format, int bufferMs) throws AudioUnavailableException {
        try {
            L line = lineClass.cast(AudioSystem.getLine(new DataLine.Info(lineClass, LineFormat.of(format))));
            return open("default " + kind, line, format, bufferMs);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new AudioUnavailableException(Subject.DEFAULT_DEVICE, "no working " + kind);
        }
    }

    private OpenLine<L> open(String name, L line, PcmFormat format, int bufferMs) throws LineUnavailableException {
        openMethod.open(line, LineFormat.of(format), LineFormat.bytesOf(bufferMs, format));
        return new OpenLine<>(name, line);
    }
}
