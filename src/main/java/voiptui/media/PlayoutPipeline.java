package voiptui.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.dsp.TestTone;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.record.RecordingTap;
import voiptui.time.NanoClock;
import voiptui.voice.VoiceReceiver;

/**
 * The playout thread: voice receiver (jitter buffer, decoder, concealment) → recording → test tone → volume → level meter → speaker.
 *
 * <p>The speaker is the clock: a frame is taken from the receiver only when the speaker has room for it. The recording
 * gets the peer's audio without test tone and volume, which concern the user alone. Per frame nothing is allocated, and
 * nothing blocks but the speaker.
 */
final class PlayoutPipeline implements Runnable {

    /** Frames per level reading: ten readings per second. */
    private static final int FRAMES_PER_READING = 5;

    private final ArrivalQueue arrivals;
    private final RecordingTap recording;
    private final TestTone tone;
    private final Gain volume;
    private final AudioSink speaker;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final NanoClock clock;
    private final LevelMeter meter = new LevelMeter();
    private final short[] frame;

    private int framesMetered;
    private boolean endingStream;
    private double delaySumMs;
    private long delayReadings;
    private volatile double delayMs;
    private volatile double targetMs;
    private volatile double meanDelayMs;
    /** Null until a codec is negotiated, when no packet can arrive. */
    private volatile @Nullable VoiceReceiver receiver;

    private volatile boolean playOutRequested;
    private volatile boolean stopped;

    /**
     * Prepares the work of the playout thread.
     *
     * @param arrivals delivers the payloads from the network thread
     * @param recording gets the frames as they come from the peer
     */
    PlayoutPipeline(
            MediaContext context,
            ArrivalQueue arrivals,
            RecordingTap recording,
            TestTone tone,
            Gain volume,
            AudioSink speaker) {
        this.arrivals = arrivals;
        this.recording = recording;
        this.tone = tone;
        this.volume = volume;
        this.speaker = speaker;
        this.bus = context.bus();
        this.counters = context.counters();
        this.signals = context.signals();
        this.clock = context.clock();
        this.frame = new short[context.format().frameSamples()];
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                speaker.awaitRoom();
                fillFrame();
                recording.onFrame(frame);
                mixTone();
                volume.apply(frame);
                measureLevel();
                speaker.write(frame);
                endStreamIfPlayedOut();
            }
        } catch (AudioLostException closed) {
            // closing the speaker ends this thread
        }
    }

    private void fillFrame() {
        VoiceReceiver current = receiver;
        if (current == null) {
            Arrays.fill(frame, (short) 0);
            return;
        }
        arrivals.drainTo(current);
        long nowNs = clock.nanoTime();
        boolean receiving = current.pull(frame, nowNs);
        delayMs = receiving ? current.delayMs() : 0;
        targetMs = current.targetMs(nowNs);
        if (receiving) {
            delaySumMs += delayMs;
            delayReadings++;
            meanDelayMs = delaySumMs / delayReadings;
        }
        counters.set(Counter.PACKETS_LATE, current.late());
        counters.set(Counter.PACKETS_DISCARDED, current.skipped());
        counters.set(Counter.PACKETS_UNDECODABLE, current.undecodable());
        counters.set(Counter.CONCEALED_MS, Math.round(current.concealedMs()));
        counters.set(Counter.STRETCH_REMOVED_MS, Math.round(current.removedMs()));
        counters.set(Counter.STRETCH_ADDED_MS, Math.round(current.addedMs()));
    }

    private void mixTone() {
        switch (tone.mixInto(frame)) {
            case BEGAN -> bus.publish(new CallEvent.TestTone(true));
            case ENDED -> bus.publish(new CallEvent.TestTone(false));
            case NONE -> {}
        }
    }

    private void measureLevel() {
        meter.add(frame);
        if (++framesMetered == FRAMES_PER_READING) {
            bus.publish(new CallEvent.SpeakerLevel(meter.peakDbfs(), meter.rmsDbfs()));
            meter.reset();
            framesMetered = 0;
        }
    }

    private void endStreamIfPlayedOut() {
        VoiceReceiver current = receiver;
        if (playOutRequested) {
            playOutRequested = false;
            endingStream = true;
            if (current != null) {
                current.endOfStream();
            }
        }
        if (endingStream && (current == null || !current.isEnding())) {
            endingStream = false;
            speaker.drain();
            signals.drained();
        }
    }

    /** Plays what {@code media} receives from the next frame on. Before its first packet arrives; any thread. */
    void use(NegotiatedMedia media) {
        receiver = media.receiver();
    }

    /** Plays what is left of the stream, then raises {@link MediaSignals#drained}. Any thread. */
    void playOut() {
        playOutRequested = true;
    }

    /** Returns the playout delay in milliseconds; 0 while nothing is received. Any thread. */
    double delayMs() {
        return delayMs;
    }

    /** Returns the delay aimed at, in milliseconds. Any thread. */
    double targetMs() {
        return targetMs;
    }

    /** Returns the average playout delay in milliseconds while something was received. Any thread. */
    double meanDelayMs() {
        return meanDelayMs;
    }

    /** Ends the thread with the next frame. Any thread. */
    void stop() {
        stopped = true;
    }
}
