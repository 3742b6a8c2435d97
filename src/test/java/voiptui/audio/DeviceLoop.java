package voiptui.audio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays the default microphone on the default speaker, frame by frame, in a process of its own: ALSA reads its
 * configuration from the process's environment. Reports on standard output: {@code ready}, {@code lost: MESSAGE}, {@code
 * open: MESSAGE} when a device could not be opened, and {@code ready} again when it came back.
 *
 * <p>Arguments: which way ({@code loop}, {@code capture}, {@code playback}); then, for measurements, capture buffer,
 * playback buffer, queue and cushion in milliseconds, and the frame in samples.
 */
public final class DeviceLoop {

    private DeviceLoop() {
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        String way = arguments[0];
        LineSettings capture = LineSettings.CAPTURE;
        LineSettings playback = LineSettings.PLAYBACK;
        PcmFormat format = PcmFormat.CLASSIC;
        if (arguments.length > 1) {
            capture = new LineSettings(number(arguments, 1), 0, 0);
            playback = new LineSettings(number(arguments, 2), number(arguments, 3), number(arguments, 4));
            format = new PcmFormat(44_100, number(arguments, 5));
        }
        while (true) {
            try (AudioSource source = way.equals("playback")
                            ? new SilenceSource(unpaced(format))
                            : DeviceSource.openDefault(format, capture);
                    AudioSink sink = way.equals("capture")
                            ? new NullSink(unpaced(format))
                            : DeviceSink.openDefault(format, playback)) {
                System.out.println("ready");
                copy(source, sink, new short[format.frameSamples()]);
            } catch (AudioLostException e) {
                System.out.println("lost: " + e.getMessage());
            } catch (AudioUnavailableException e) {
                System.out.println("open: " + e.getMessage());
                Thread.sleep(500);
            }
        }
    }

    /** A pacer that is always late and so never waits: the device alone gives the pace. */
    private static FramePacer unpaced(PcmFormat format) {
        AtomicLong nowNs = new AtomicLong();
        return new FramePacer(format, () -> nowNs.addAndGet(1_000_000_000));
    }

    private static void copy(AudioSource source, AudioSink sink, short[] frame) throws AudioLostException {
        while (true) {
            source.read(frame);
            sink.write(frame);
        }
    }

    private static int number(String[] arguments, int index) {
        return Integer.parseInt(arguments[index]);
    }
}
