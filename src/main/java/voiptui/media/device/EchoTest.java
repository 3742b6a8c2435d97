package voiptui.media.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.SpeechMeter;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SpeechLevel;
import voiptui.time.NanoClock;

/**
 * Lets a user hear themselves: records {@value #RECORDED_MS} ms and then plays them, so that a speaker next to the microphone cannot feed
 * back. Publishes {@link PhoneEvent.EchoTest} and {@link PhoneEvent.EchoTestLevel}.
 *
 * <p>A thread of its own opens, uses and closes the devices. The rest belongs to the thread of the phone and never waits, except for
 * {@link #awaitClosed}: if a sound driver hangs, the test ends without its thread.
 */
public final class EchoTest {

    /** How much is recorded, in milliseconds. */
    public static final int RECORDED_MS = 3_000;

    /** How long opening both devices may take, in milliseconds. */
    static final long OPENING_MS = 6_000;
    /** How long the whole test may take, in milliseconds. */
    static final long LONGEST_MS = OPENING_MS + 2 * RECORDED_MS + 2_000;

    /** How long to listen before saying how well the user is heard, in milliseconds. */
    private static final int LISTEN_MS = 1_000;

    private static final long CLOSING_MS = 1_500;
    private static final String RESTART = "; restart the sound server";

    private final DeviceRequest<AudioSource> microphone;
    private final DeviceRequest<AudioSink> speaker;
    private final PcmFormat format;
    private final EventBus bus;
    private final NanoClock clock;
    private final SpeechMeter heard;
    private final Thread thread = new Thread(this::run, "voiptui-echo-test");
    private final AtomicBoolean over = new AtomicBoolean();
    private final long startedNs;
    private volatile boolean opened;
    private volatile @Nullable AudioSource source;
    private volatile @Nullable AudioSink sink;
    private volatile @Nullable SpeechLevel level;

    /**
     * Prepares a test.
     *
     * @param clock limits how long it takes
     * @param onFault receives the exception that ended its thread
     */
    public EchoTest(
            DeviceRequest<AudioSource> microphone,
            DeviceRequest<AudioSink> speaker,
            PcmFormat format,
            EventBus bus,
            NanoClock clock,
            Thread.UncaughtExceptionHandler onFault) {
        this.microphone = microphone;
        this.speaker = speaker;
        this.format = format;
        this.bus = bus;
        this.clock = clock;
        this.heard = new SpeechMeter(format);
        this.startedNs = clock.nanoTime();
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onFault);
    }

    /** Starts the test; returns at once. */
    public void start() {
        publish(EchoTestState.OPENING);
        thread.start();
    }

    /** Ends a test whose devices take too long. To be called several times a second. */
    public void onTick() {
        long ms = (clock.nanoTime() - startedNs) / NanoClock.NS_PER_MS;
        if (ms >= LONGEST_MS || !opened && ms >= OPENING_MS) {
            end("the sound system does not respond" + RESTART);
        }
    }

    /** Ends the test and closes its devices; returns at once. Does nothing when it is over. */
    public void stop() {
        end("");
    }

    /** Returns whether it is over. Any thread. */
    public boolean isOver() {
        return over.get();
    }

    /** Waits until the devices are closed, {@value #CLOSING_MS} ms at most. Any other thread. */
    public void awaitClosed() {
        try {
            thread.join(CLOSING_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String problem) {
        if (over.compareAndSet(false, true)) {
            closeIfOpen(source);
            closeIfOpen(sink);
            bus.publish(new PhoneEvent.EchoTest(EchoTestState.ENDED, level, problem));
        }
    }

    private static void closeIfOpen(@Nullable AudioEndpoint device) {
        if (device != null) {
            device.close();
        }
    }

    private void publish(EchoTestState state) {
        if (!over.get()) {
            bus.publish(new PhoneEvent.EchoTest(state, level, ""));
        }
    }

    private void run() {
        String problem = "";
        // The speaker first: what is recorded is worth nothing without it.
        try (AudioSink openedSink = speaker.open()) {
            sink = openedSink;
            List<short[]> recorded = record();
            if (!over.get()) {
                publish(EchoTestState.PLAYING);
                play(recorded, openedSink);
            }
        } catch (AudioUnavailableException failed) {
            boolean isSystem = failed.subject() == AudioUnavailableException.Subject.SOUND_SYSTEM;
            problem = failed.getMessage() + (isSystem ? RESTART : "");
        } catch (AudioLostException lost) {
            problem = String.valueOf(lost.getMessage());
        } finally {
            end(problem);
        }
    }

    private List<short[]> record() throws AudioUnavailableException, AudioLostException {
        List<short[]> recorded = new ArrayList<>();
        if (over.get()) {
            return recorded;
        }
        try (AudioSource openedSource = microphone.open()) {
            source = openedSource;
            opened = true;
            publish(EchoTestState.RECORDING);
            for (int ms = 0; ms < RECORDED_MS && !over.get(); ms += format.frameMs()) {
                short[] frame = new short[format.frameSamples()];
                openedSource.read(frame);
                recorded.add(frame);
                if (heard.add(frame)) {
                    level = levelOf(heard);
                    publishLevel(heard.stepDbfs());
                }
            }
        }
        return recorded;
    }

    private static @Nullable SpeechLevel levelOf(SpeechMeter heard) {
        if (heard.isTooLoud()) {
            return SpeechLevel.TOO_LOUD;
        } else if (heard.hasSpeech()) {
            return SpeechLevel.GOOD;
        } else if (heard.heardMs() < LISTEN_MS) {
            return null;
        }
        return heard.isSilent() ? SpeechLevel.NO_SOUND : SpeechLevel.TOO_QUIET;
    }

    private void play(List<short[]> recorded, AudioSink openedSink) throws AudioLostException {
        SpeechMeter played = new SpeechMeter(format);
        for (short[] frame : recorded) {
            if (over.get()) {
                return;
            }
            openedSink.awaitRoom();
            openedSink.write(frame);
            if (played.add(frame)) {
                publishLevel(played.stepDbfs());
            }
        }
        openedSink.drain();
    }

    private void publishLevel(double peakDbfs) {
        if (!over.get()) {
            bus.publish(new PhoneEvent.EchoTestLevel(peakDbfs, level));
        }
    }
}
