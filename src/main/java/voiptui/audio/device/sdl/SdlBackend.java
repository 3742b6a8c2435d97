package voiptui.audio.device.sdl;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.BufferSize;
import voiptui.audio.device.DeviceChoice;
import voiptui.audio.device.DeviceSink;
import voiptui.audio.device.DeviceSource;
import voiptui.audio.device.DriverThread;
import voiptui.audio.device.sdl.SdlDriver.Direction;
import voiptui.time.NanoClock;

/**
 * The devices that SDL knows. Any thread; SDL itself is called on threads of its own, which are those of the whole
 * process and start with the first use.
 *
 * @param buffers how much the devices take or deliver at a time
 */
public record SdlBackend(BufferSize buffers) implements AudioBackend {

    private static final long TICK_MS = 100;
    /** How long opening a device waits for others to be closed, in milliseconds. */
    private static final long RELEASE_MS = 500;
    /** What waits in a speaker at most when the next frame is written, in milliseconds. */
    private static final int MOST_CUSHION_MS = 60;

    /** Created with the first use, which loads SDL's classes. */
    private static final class Shared {

        static final SdlSystem SYSTEM = new SdlSystem(new LwjglDriver(), NanoClock.SYSTEM, LockSupport::parkNanos);
        static final DriverThread THREAD = new DriverThread("voiptui-sdl", SYSTEM::tick, TICK_MS);

        /** A device that hangs when it is closed does not keep others from being opened. */
        static final DriverThread CLOSER = new DriverThread("voiptui-sdl-close", () -> {}, Long.MAX_VALUE);

        private Shared() {}

        static void close(SdlStream stream) {
            CLOSER.run(() -> {
                SYSTEM.close(stream);
                THREAD.run(() -> SYSTEM.onClosed(stream));
            });
        }
    }

    /**
     * Loads SDL and connects to the sound server.
     *
     * @return why SDL cannot be used at all, for people; empty if it can
     * @throws AudioUnavailableException when the sound server does not answer in time
     */
    public String connect() throws AudioUnavailableException {
        String problem = Shared.SYSTEM.load();
        return problem.isEmpty() ? Shared.THREAD.call(Shared.SYSTEM::connect, late -> {}) : problem;
    }

    @Override
    public String name() {
        String driver = Shared.SYSTEM.driverName();
        return driver == null ? "SDL" : "SDL (" + driver + ")";
    }

    @Override
    public List<AudioDevice> inputs() throws AudioUnavailableException {
        return Shared.THREAD.call(() -> Shared.SYSTEM.devices(Direction.CAPTURE), late -> {});
    }

    @Override
    public List<AudioDevice> outputs() throws AudioUnavailableException {
        return Shared.THREAD.call(() -> Shared.SYSTEM.devices(Direction.PLAYBACK), late -> {});
    }

    @Override
    public AudioSource openSource(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        SdlStream stream = open(Direction.CAPTURE, choice, format, captureBlockUs());
        return new DeviceSource(nameOf("microphone", choice), stream, format, NanoClock.SYSTEM, LockSupport::parkNanos);
    }

    @Override
    public AudioSink openSink(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        SdlStream stream = open(Direction.PLAYBACK, choice, format, playbackBlockUs());
        return new DeviceSink(
                nameOf("speaker", choice),
                stream,
                format,
                new DeviceSink.Buffering(
                        samplesOf(leastCushionUs(), format),
                        format.samplesOf(MOST_CUSHION_MS),
                        buffers == BufferSize.SMALL),
                NanoClock.SYSTEM,
                LockSupport::parkNanos);
    }

    /** PulseAudio delivers up to twice as much at a time. */
    private int captureBlockUs() {
        return switch (buffers) {
            case SMALL -> 2_667;
            case USUAL -> 5_000;
            case LARGE -> 10_000;
        };
    }

    /** PulseAudio asks for a quarter of it at a time, and for each quarter wakes four threads of this process. */
    private int playbackBlockUs() {
        return switch (buffers) {
            case SMALL -> 5_333;
            case USUAL -> 5_333;
            case LARGE -> 10_667;
        };
    }

    /** A quarter of a block, and time for the playout thread to be late. */
    private int leastCushionUs() {
        return switch (buffers) {
            case SMALL -> 2_500;
            case USUAL -> 6_000;
            case LARGE -> 6_000;
        };
    }

    private static SdlStream open(Direction direction, @Nullable DeviceChoice choice, PcmFormat format, int blockUs)
            throws AudioUnavailableException {
        // Some hardware has room for one user: the one before must be gone.
        Shared.CLOSER.awaitDone(RELEASE_MS);
        return Shared.THREAD.call(
                () -> Shared.SYSTEM.open(direction, choice, format, samplesOf(blockUs, format), Shared::close),
                SdlStream::close);
    }

    private static int samplesOf(long us, PcmFormat format) {
        return (int) (us * format.sampleRateHz() / 1_000_000);
    }

    private static String nameOf(String kind, @Nullable DeviceChoice choice) {
        return choice == null ? "default " + kind : kind + " '" + choice.text() + "'";
    }

    @Override
    public int revision() {
        return Shared.SYSTEM.revision();
    }
}
