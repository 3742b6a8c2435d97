package voiptui.audio.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/** Lists the microphones and speakers of this machine that Java Sound knows. Any thread; may block. */
public final class AudioDevices {

    private AudioDevices() {}

    /** Returns the microphones that exist now. */
    public static List<AudioDevice> inputs() {
        return devices(TargetDataLine.class);
    }

    /** Returns the speakers that exist now. */
    public static List<AudioDevice> outputs() {
        return devices(SourceDataLine.class);
    }

    private static List<AudioDevice> devices(Class<? extends DataLine> lineClass) {
        List<AudioDevice> devices = new ArrayList<>();
        for (Mixer.Info info : mixersOf(lineClass)) {
            devices.add(new AudioDevice(
                    devices.size(),
                    info.getName(),
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

    /**
     * Returns the Java Sound line of a device, not opened yet.
     *
     * @throws LineUnavailableException when the device no longer exists
     */
    static <L extends DataLine> L lineOf(AudioDevice device, Class<L> lineClass, AudioFormat format)
            throws LineUnavailableException {
        for (Mixer.Info info : mixersOf(lineClass)) {
            if (info.getName().equals(device.name())) {
                return lineClass.cast(AudioSystem.getMixer(info).getLine(new DataLine.Info(lineClass, format)));
            }
        }
        throw new LineUnavailableException("the device is gone");
    }
}
