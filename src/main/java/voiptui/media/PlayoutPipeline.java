package voiptui.media;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.PcmFormat;
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
 * The playout thread: jitter buffer, decoder or concealer, recording, test tone, volume, level meter, speaker.
 *
 * <p>The speaker is the clock: a frame is chosen when there is room for it, not before. What is recorded is the peer as it
 * came; the tone and the volume are the user's own. Per frame nothing is allocated and nothing waits but the speaker.
 */
final class PlayoutPipeline implements Runnable {

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
    private final byte[] payload;
    private final short[] frame;
    private final short[] nextFrame;
    private final short[] silence;

    private int framesMetered;
    private boolean endingStream;
    private boolean audible;
    private long depthSum;
    private long depthReadings;
    private volatile int depthFrames;
    private volatile double meanDepthFrames;
    private volatile FrameDecoder decoder;
    private volatile boolean playOutAsked;
    private volatile boolean stopped;

    PlayoutPipeline(
            PcmFormat format,
            ArrivalQueue arrivals,
            JitterBuffer buffer,
            int maxPayloadBytes,
            RecordingTap recording,
            TestTone tone,
            Gain volume,
            AudioSink speaker,
            EventBus bus,
            Counters counters,
            MediaSignals signals) {
        this.arrivals = arrivals;
        this.buffer = buffer;
        this.payload = new byte[maxPayloadBytes];
        this.recording = recording;
        this.tone = tone;
        this.volume = volume;
        this.speaker = speaker;
        this.bus = bus;
        this.counters = counters;
        this.signals = signals;
        this.frame = new short[format.frameSamples()];
        this.nextFrame = new short[format.frameSamples()];
        this.silence = new short[format.frameSamples()];
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                speaker.awaitRoom();
                arrivals.drainTo(buffer);
                observeDepth();
                if (fillFrame()) {
                    shortenDelay();
                }
                recording.onFrame(frame);
                mixTone();
                volume.apply(frame);
                meter();
                speaker.write(frame);
                playOut();
            }
        } catch (AudioLostException closed) {
            // the speaker is closed from outside to end this thread
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
            case IDLE -> fallSilent();
        }
        audible = playout != JitterBuffer.Playout.IDLE;
        return playout == JitterBuffer.Playout.FRAME;
    }

    private void decodeInto(short[] target) {
        if (!decoder.decode(payload, buffer.payloadBytes(), target)) {
            counters.increment(Counter.PACKETS_UNDECODABLE);
            counters.increment(Counter.FRAMES_CONCEALED);
        }
    }

    /** The first frame of silence leads over from what was heard last, so that the end of a stream is no click. */
    private void fallSilent() {
        if (audible) {
            decoder.conceal(frame);
            Concealer.blend(frame, silence);
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** Plays two frames in the time of one when the delay is longer than it needs to be. */
    private void shortenDelay() {
        if (!buffer.hasSurplus()) {
            return;
        }
        buffer.onSurplusTaken();
        if (buffer.get(payload) == JitterBuffer.Playout.FRAME) {
            decodeInto(nextFrame);
        } else {
            // The one to leave out was lost: lead over to what comes after it all the same.
            decoder.conceal(nextFrame);
        }
        Concealer.blend(frame, nextFrame);
        counters.increment(Counter.FRAMES_SKIPPED);
    }

    private void observeDepth() {
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

    private void meter() {
        meter.add(frame);
        if (++framesMetered == FRAMES_PER_READING) {
            bus.publish(new CallEvent.SpeakerLevel(meter.peakDbfs(), meter.rmsDbfs()));
            meter.reset();
            framesMetered = 0;
        }
    }

    private void playOut() {
        if (playOutAsked) {
            playOutAsked = false;
            buffer.endOfStream();
            endingStream = true;
        }
        if (endingStream && !buffer.isEnding()) {
            endingStream = false;
            speaker.drain();
            signals.drained();
        }
    }

    /** It is agreed what payloads are. Once, before the first arrives; any thread. */
    void decodeWith(FrameDecoder agreed) {
        decoder = agreed;
    }

    /** The peer is done: play what is left, then raise the signal. Any thread. */
    void askPlayOut() {
        playOutAsked = true;
    }

    /** Frames that wait to be played. Any thread. */
    int depthFrames() {
        return depthFrames;
    }

    /** Frames that waited, averaged over all the time in which there were any. Any thread. */
    double meanDepthFrames() {
        return meanDepthFrames;
    }

    /** Ends the thread with the next frame. Any thread. */
    void stop() {
        stopped = true;
    }
}
