package voiptui.media;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.dsp.TestTone;
import voiptui.codec.Concealer;
import voiptui.codec.FrameDecoder;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.JitterBuffer;
import voiptui.media.record.RecordingTap;

/**
 * The playout thread: jitter buffer → decode or conceal → recording → test tone → volume → level meter → speaker.
 *
 * <p>The speaker is the clock: a frame is taken from the jitter buffer only when the speaker has room for it. The recording
 * gets the peer's audio without test tone and volume, which concern the user alone. Per frame nothing is allocated, and
 * nothing blocks but the speaker.
 */
final class PlayoutPipeline implements Runnable {

    /** Frames per level reading: ten readings per second. */
    private static final int FRAMES_PER_READING = 5;

    private final ArrivalQueue arrivals;
    private final JitterBuffer buffer;
    private final RecordingTap recording;
    private final TestTone tone;
    private final Gain volume;
    private final AudioSink speaker;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final LevelMeter meter = new LevelMeter();
    private final byte[] payload = new byte[CodecFactory.MAX_PAYLOAD_BYTES];
    private final short[] frame;
    private final short[] nextFrame;
    private final short[] silence;

    private int framesMetered;
    private boolean endingStream;
    private boolean lastFrameAudible;
    private long depthSum;
    private long depthReadings;
    private volatile int depthFrames;
    private volatile double meanDepthFrames;
    private volatile FrameDecoder decoder = new SilentDecoder();
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
            JitterBuffer buffer,
            RecordingTap recording,
            TestTone tone,
            Gain volume,
            AudioSink speaker) {
        this.arrivals = arrivals;
        this.buffer = buffer;
        this.recording = recording;
        this.tone = tone;
        this.volume = volume;
        this.speaker = speaker;
        this.bus = context.bus();
        this.counters = context.counters();
        this.signals = context.signals();
        this.frame = new short[context.format().frameSamples()];
        this.nextFrame = new short[context.format().frameSamples()];
        this.silence = new short[context.format().frameSamples()];
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                speaker.awaitRoom();
                arrivals.drainTo(buffer);
                measureDepth();
                if (fillFrame()) {
                    shortenDelay();
                }
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

    private boolean fillFrame() {
        JitterBuffer.Playout playout = buffer.get(payload);
        counters.set(Counter.PACKETS_LATE, buffer.late());
        counters.set(Counter.PACKETS_DISCARDED, buffer.discarded());
        switch (playout) {
            case FRAME -> decodeInto(frame);
            case CONCEAL -> {
                decoder.conceal(frame);
                counters.increment(Counter.FRAMES_CONCEALED);
            }
            case IDLE -> silence();
        }
        lastFrameAudible = playout != JitterBuffer.Playout.IDLE;
        return playout == JitterBuffer.Playout.FRAME;
    }

    private void decodeInto(short[] target) {
        if (!decoder.decode(payload, buffer.payloadBytes(), target)) {
            counters.increment(Counter.PACKETS_UNDECODABLE);
            counters.increment(Counter.FRAMES_CONCEALED);
        }
    }

    /** Fades from the last audio into silence, so that the end of a stream does not click. */
    private void silence() {
        if (lastFrameAudible) {
            decoder.conceal(frame);
            Concealer.blend(frame, silence);
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** Blends two frames into one when the jitter buffer holds more than its target. */
    private void shortenDelay() {
        if (!buffer.hasSurplus()) {
            return;
        }
        buffer.onSurplusTaken();
        if (buffer.get(payload) == JitterBuffer.Playout.FRAME) {
            decodeInto(nextFrame);
        } else {
            // The frame to skip was lost: blend into its concealment all the same.
            decoder.conceal(nextFrame);
        }
        Concealer.blend(frame, nextFrame);
        counters.increment(Counter.FRAMES_SKIPPED);
    }

    private void measureDepth() {
        depthFrames = buffer.depthFrames();
        if (depthFrames > 0) {
            depthSum += depthFrames;
            depthReadings++;
            meanDepthFrames = (double) depthSum / depthReadings;
        }
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
        if (playOutRequested) {
            playOutRequested = false;
            buffer.endOfStream();
            endingStream = true;
        }
        if (endingStream && !buffer.isEnding()) {
            endingStream = false;
            speaker.drain();
            signals.drained();
        }
    }

    /** Decodes with {@code media} from the next frame on. Before its first packet arrives; any thread. */
    void use(NegotiatedMedia media) {
        decoder = media.decoder();
    }

    /** Plays what is left of the stream, then raises {@link MediaSignals#drained}. Any thread. */
    void playOut() {
        playOutRequested = true;
    }

    /** Returns the number of frames in the jitter buffer. Any thread. */
    int depthFrames() {
        return depthFrames;
    }

    /** Returns the average number of frames in the jitter buffer while it was not empty. Any thread. */
    double meanDepthFrames() {
        return meanDepthFrames;
    }

    /** Ends the thread with the next frame. Any thread. */
    void stop() {
        stopped = true;
    }

    /** Decodes nothing: in use until a codec is negotiated, when no packet can arrive. */
    private static final class SilentDecoder implements FrameDecoder {

        @Override
        public boolean decode(byte[] payload, int bytes, short[] frame) {
            conceal(frame);
            return false;
        }

        @Override
        public void conceal(short[] frame) {
            Arrays.fill(frame, (short) 0);
        }
    }
}
