package voiptui.audio.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;
import voiptui.audio.PcmFormat;
import voiptui.time.NanoClock;

/**
 * The devices that Java Sound knows. Any thread; Java Sound itself is called on a thread of its own, which is one for the
 * whole process.
 */
public final class JavaSound implements AudioBackend {

    /**
     * Length to ask for a microphone's buffer, in milliseconds: how late a read may be. Up to 1024 samples (23 ms at 44.1 kHz)
     * Java Sound asks ALSA for two periods, above that for periods of 20 ms. Audio comes in steps of 13 ms with a buffer of
     * 40 ms, in steps of 20 ms with 60 ms, and not at all with 23 ms on PulseAudio.
     */
    static final int CAPTURE_BUFFER_MS = 40;
    /**
     * Most audio that waits in a speaker, in milliseconds, and the length to ask for its buffer. PulseAudio's ALSA plug-in
     * starts to play, also after an underrun, only when all of the buffer but one period of 20 ms is full: a longer buffer
     * than is kept full would never play.
     */
    static final int PLAYBACK_BUFFER_MS = 80;

    /** How often to list devices again when one came or went meanwhile, about which Java Sound throws. */
    private static final int LIST_ATTEMPTS = 3;

    private static final DriverThread DRIVER = new DriverThread("voiptui-java-sound", () -> {}, Long.MAX_VALUE);

    /** The {@code open} method that the line types of Java Sound each declare for themselves. */
    @FunctionalInterface
    private interface OpenMethod<L> {

        void open(L line, AudioFormat format, int bufferBytes) throws LineUnavailableException;
    }

    private record Kind<L extends DataLine>(String name, Class<L> lineClass, OpenMethod<L> openMethod) {}

    private static final Kind<TargetDataLine> MICROPHONE =
            new Kind<>("microphone", TargetDataLine.class, TargetDataLine::open);
    private static final Kind<SourceDataLine> SPEAKER =
            new Kind<>("speaker", SourceDataLine.class, SourceDataLine::open);

    @Override
    public String name() {
        return "Java Sound";
    }

    @Override
    public List<AudioDevice> inputs() throws AudioUnavailableException {
        return DRIVER.call(() -> devices(TargetDataLine.class), late -> {});
    }

    @Override
    public List<AudioDevice> outputs() throws AudioUnavailableException {
        return DRIVER.call(() -> devices(SourceDataLine.class), late -> {});
    }

    @Override
    public DeviceSource openSource(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        String name = nameOf(choice, MICROPHONE);
        LineCapture port = DRIVER.call(
                () -> new LineCapture(open(MICROPHONE, choice, format, CAPTURE_BUFFER_MS), format, DRIVER::run),
                LineCapture::close);
        return new DeviceSource(name, port, format, NanoClock.SYSTEM, LockSupport::parkNanos);
    }

    @Override
    public DeviceSink openSink(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        String name = nameOf(choice, SPEAKER);
        int cushionSamples = format.samplesOf(PLAYBACK_BUFFER_MS) - format.frameSamples();
        LinePlayback port = DRIVER.call(
                () -> new LinePlayback(
                        open(SPEAKER, choice, format, PLAYBACK_BUFFER_MS), format, cushionSamples, DRIVER::run),
                LinePlayback::close);
        return new DeviceSink(
                name,
                port,
                format,
                new DeviceSink.Buffering(cushionSamples, cushionSamples, false),
                NanoClock.SYSTEM,
                LockSupport::parkNanos);
    }

    private static String nameOf(@Nullable DeviceChoice choice, Kind<?> kind) {
        return choice == null ? "default " + kind.name() : kind.name() + " '" + choice.text() + "'";
    }

    /** Opens a line; of the default device, Java Sound's own message is left out, as it is about classes. */
    private static <L extends DataLine> L open(
            Kind<L> kind, @Nullable DeviceChoice choice, PcmFormat format, int bufferMs)
            throws AudioUnavailableException {
        try {
            L line = choice == null
                    ? kind.lineClass()
                            .cast(AudioSystem.getLine(new DataLine.Info(kind.lineClass(), LineFormat.of(format))))
                    : lineOf(choice.find(devices(kind.lineClass()), kind.name()), kind, format);
            kind.openMethod().open(line, LineFormat.of(format), LineFormat.bytesOf(bufferMs, format));
            return line;
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw choice == null
                    ? new AudioUnavailableException(Subject.DEFAULT_DEVICE, "no working " + kind.name())
                    : new AudioUnavailableException(
                            Subject.NAMED_DEVICE, "cannot open " + nameOf(choice, kind) + ": " + e.getMessage());
        }
    }

    private static <L extends DataLine> L lineOf(AudioDevice device, Kind<L> kind, PcmFormat format)
            throws LineUnavailableException {
        List<Mixer.Info> mixers = mixersOf(kind.lineClass());
        int index = namesOf(mixers).indexOf(device.name());
        if (index < 0) {
            throw new LineUnavailableException("the device is gone");
        }
        DataLine.Info wanted = new DataLine.Info(kind.lineClass(), LineFormat.of(format));
        return kind.lineClass().cast(AudioSystem.getMixer(mixers.get(index)).getLine(wanted));
    }

    private static List<AudioDevice> devices(Class<? extends DataLine> lineClass) {
        for (int attempt = 1; attempt < LIST_ATTEMPTS; attempt++) {
            try {
                return devicesNow(lineClass);
            } catch (IllegalArgumentException | NullPointerException changedMeanwhile) {
                // listed again below
            }
        }
        return devicesNow(lineClass);
    }

    private static List<AudioDevice> devicesNow(Class<? extends DataLine> lineClass) {
        List<AudioDevice> devices = new ArrayList<>();
        List<Mixer.Info> mixers = mixersOf(lineClass);
        List<String> names = namesOf(mixers);
        for (Mixer.Info info : mixers) {
            devices.add(new AudioDevice(
                    devices.size(),
                    names.get(devices.size()),
                    info.getDescription(),
                    formatsOf(AudioSystem.getMixer(info), lineClass)));
        }
        return devices;
    }

    private static List<Mixer.Info> mixersOf(Class<? extends DataLine> lineClass) {
        List<Mixer.Info> mixers = new ArrayList<>();
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            if (AudioSystem.getMixer(info).isLineSupported(new Line.Info(lineClass))) {
                mixers.add(info);
            }
        }
        return mixers;
    }

    private static List<String> namesOf(List<Mixer.Info> mixers) {
        return DeviceNames.unique(mixers.stream().map(Mixer.Info::getName).toList());
    }

    private static List<String> formatsOf(Mixer mixer, Class<? extends DataLine> lineClass) {
        Set<String> formats = new LinkedHashSet<>();
        for (Line.Info line : linesOf(mixer, lineClass)) {
            if (line instanceof DataLine.Info data) {
                for (AudioFormat format : data.getFormats()) {
                    formats.add(textOf(format));
                }
            }
        }
        return List.copyOf(formats);
    }

    private static Line.Info[] linesOf(Mixer mixer, Class<? extends DataLine> lineClass) {
        Line.Info wanted = new Line.Info(lineClass);
        return lineClass == TargetDataLine.class ? mixer.getTargetLineInfo(wanted) : mixer.getSourceLineInfo(wanted);
    }

    private static String textOf(AudioFormat format) {
        String channels = switch (format.getChannels()) {
            case AudioSystem.NOT_SPECIFIED -> "any channels";
            case 1 -> "mono";
            case 2 -> "stereo";
            default -> format.getChannels() + " channels";
        };
        float rateHz = format.getSampleRate();
        String rate = rateHz == AudioSystem.NOT_SPECIFIED ? "" : " " + (long) rateHz + " Hz";
        return format.getSampleSizeInBits() + " bit " + channels + rate;
    }
}
