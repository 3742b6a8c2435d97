package voiptui.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.dsp.Silencer;
import voiptui.audio.dsp.TestTone;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.VoiceEvent;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.time.NanoClock;
import voiptui.voice.ReceiverCounts;
import voiptui.voice.VoiceReceiver;

/**
 * The playout thread: voice receiver (jitter buffer, decoder, concealment), or a replay → test tone → volume → level meter → speaker.
 *
 * <p>The speaker is the clock: a frame is taken from the receiver only when the speaker has room for it. Where the
 * speaker takes half frames, each is taken as late as can be. Per frame nothing is allocated, and nothing blocks but the speaker.
 */
final class PlayoutPipeline implements Runnable {

    private static final int LEVEL_READINGS_PER_SECOND = 10;

    private final ArrivalQueue arrivals;
    private final TestTone tone;
    private final Gain volume;
    private final AudioSink speaker;
    private final FarEnd farEnd;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final NanoClock clock;
    private final Silencer silencer = new Silencer();
    private final LevelMeter meter = new LevelMeter();
    private final PcmFormat format;
    private final short[] wholeFrame;
    private final short[] halfFrame;
    private final int samplesPerReading;

    private int samplesMetered;
    private int speakerUnderruns;
    private boolean endingStream;
    private double delaySumMs;
    private long delayReadings;
    private volatile double delayMs;
    private volatile double targetMs;
    private volatile double meanDelayMs;
    private volatile double queuedMs;
    private volatile boolean pauseAnnounced;
    private volatile boolean onHold;
    /** Null until a codec is negotiated, when no packet can arrive. */
    private volatile @Nullable Reception reception;

    private volatile boolean playOutRequested;
    private volatile boolean stopped;

    /**
     * Prepares the work of the playout thread.
     *
     * @param arrivals delivers the payloads from the network thread
     * @param farEnd gets the frames exactly as they are written to {@code speaker}
     */
    PlayoutPipeline(
            MediaContext context, ArrivalQueue arrivals, TestTone tone, Gain volume, AudioSink speaker, FarEnd farEnd) {
        this.arrivals = arrivals;
        this.tone = tone;
        this.volume = volume;
        this.speaker = speaker;
        this.farEnd = farEnd;
        this.bus = context.bus();
        this.counters = context.counters();
        this.signals = context.signals();
        this.clock = context.clock();
        this.format = context.format();
        this.wholeFrame = new short[format.frameSamples()];
        this.halfFrame = new short[format.frameSamples() / 2];
        this.samplesPerReading = format.sampleRateHz() / LEVEL_READINGS_PER_SECOND;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                playFrame();
            }
        } catch (AudioLostException closed) {
            // closing the speaker ends this thread
        }
    }

    /** Waits for room, and plays one frame, or half of one. */
    void playFrame() throws AudioLostException {
        speaker.awaitRoom();
        Reception current = reception;
        short[] frame = frameFor(current);
        fill(frame, current);
        silencer.apply(frame, onHold);
        mixToneInto(frame);
        volume.apply(frame);
        measureLevel(frame);
        long queuedNs = speaker.queuedNs();
        farEnd.onPlayed(frame, queuedNs);
        speaker.write(frame);
        queuedMs = queuedNs / 1e6;
        noteUnderruns();
        endStreamIfPlayedOut();
    }

    private short[] frameFor(@Nullable Reception current) {
        boolean halves = speaker.takesHalfFrames() && (current == null || current.hasHalfFrames());
        return halves ? halfFrame : wholeFrame;
    }

    private void fill(short[] frame, @Nullable Reception current) {
        if (current == null) {
            Arrays.fill(frame, (short) 0);
            return;
        }
        VoiceReceiver receiver = current.receiver();
        arrivals.drainTo(receiver);
        long nowNs = clock.nanoTime();
        boolean receiving = current.pull(frame, nowNs);
        delayMs = receiving ? receiver.delayMs() : 0;
        targetMs = receiver.targetMs(nowNs);
        pauseAnnounced = receiver.isPauseAnnounced();
        if (receiving) {
            delaySumMs += delayMs;
            delayReadings++;
            meanDelayMs = delaySumMs / delayReadings;
        }
        count(receiver.counts());
    }

    private void count(ReceiverCounts counts) {
        counters.set(Counter.PACKETS_EXPECTED, counts.expected());
        counters.set(Counter.PACKETS_PLAYED, counts.played());
        counters.set(Counter.PACKETS_RECOVERED, counts.recovered());
        counters.set(Counter.RECOVERED_FROM_COPIES, counts.recoveredFromCopies());
        counters.set(Counter.RECOVERED_BY_RETRANSMISSION, counts.recoveredByRetransmission());
        counters.set(Counter.RECOVERED_FROM_FEC, counts.recoveredFromFec());
        counters.set(Counter.RECOVERED_FROM_DRED, counts.recoveredFromDred());
        counters.set(Counter.PACKETS_CONCEALED, counts.concealed());
        counters.set(Counter.PACKETS_LATE, counts.late());
        counters.set(Counter.PACKETS_DISCARDED, counts.skipped());
        counters.set(Counter.PACKETS_UNDECODABLE, counts.undecodable());
        counters.set(Counter.CONCEALED_MS, Math.round(counts.concealedMs()));
        counters.set(Counter.STRETCH_REMOVED_MS, Math.round(counts.removedMs()));
        counters.set(Counter.STRETCH_ADDED_MS, Math.round(counts.addedMs()));
    }

    private void mixToneInto(short[] frame) {
        switch (tone.mixInto(frame)) {
            case BEGAN -> bus.publish(new CallEvent.TestTone(true));
            case ENDED -> bus.publish(new CallEvent.TestTone(false));
            case NONE -> {}
        }
    }

    private void measureLevel(short[] frame) {
        meter.add(frame);
        samplesMetered += frame.length;
        if (samplesMetered >= samplesPerReading) {
            bus.publish(new CallEvent.SpeakerLevel(meter.peakDbfs(), meter.rmsDbfs()));
            meter.reset();
            samplesMetered = 0;
        }
    }

    private void noteUnderruns() {
        int underruns = speaker.underruns();
        Reception current = reception;
        if (underruns != speakerUnderruns && current != null) {
            current.receiver().onSpeakerUnderrun();
        }
        speakerUnderruns = underruns;
    }

    private void endStreamIfPlayedOut() {
        Reception current = reception;
        if (playOutRequested) {
            playOutRequested = false;
            endingStream = true;
            if (current != null) {
                current.receiver().endOfStream();
            }
        }
        if (endingStream && (current == null || !current.receiver().isEnding())) {
            endingStream = false;
            speaker.drain();
            signals.drained();
        }
    }

    /** Plays what {@code media} receives from the next frame on. Before its first packet arrives; any thread. */
    void use(NegotiatedMedia media) {
        reception = new Reception(media, format, bus);
    }

    /** Plays the last seconds again, or goes further back. Any thread. */
    void sayAgain() {
        Reception current = reception;
        if (current == null) {
            bus.publish(new VoiceEvent.Replay(VoiceEvent.Replay.Phase.NOTHING, 0, 0, false));
        } else {
            current.sayAgain();
        }
    }

    /** Plays what arrives again, after {@link #sayAgain}. Any thread. */
    void backToLive() {
        Reception current = reception;
        if (current != null) {
            current.backToLive();
        }
    }

    /** Plays what is left of the stream, then raises {@link MediaSignals#drained}. Any thread. */
    void playOut() {
        playOutRequested = true;
    }

    /** Plays silence in place of the peer while {@code hold}; test tones are heard. Any thread. */
    void hold(boolean hold) {
        onHold = hold;
    }

    /** Returns how long a frame waits in the speaker before it is heard, in milliseconds; 0: unknown. Any thread. */
    double queuedMs() {
        return queuedMs;
    }

    /** Returns the playout delay in milliseconds; 0 while nothing is received. Any thread. */
    double delayMs() {
        return delayMs;
    }

    /** Returns whether the peer has announced a pause that has not ended. Any thread. */
    boolean isPauseAnnounced() {
        return pauseAnnounced;
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
