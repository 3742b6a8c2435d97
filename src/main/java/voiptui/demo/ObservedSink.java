package voiptui.demo;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.time.NanoClock;

/** A sink that records the audio written to it, with times. Owned by the playout thread; read after the call. */
final class ObservedSink implements AudioSink {

    private final AudioSink sink;
    private final NanoClock clock;
    private final short[] heard;
    private final long[] frameNs;
    private int heardSamples;
    private int frames;

    ObservedSink(AudioSink sink, int maxSamples, NanoClock clock) {
        this.sink = sink;
        this.clock = clock;
        this.heard = new short[maxSamples];
        this.frameNs = new long[maxSamples / DemoCall.FORMAT.frameSamples() + 1];
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        sink.awaitRoom();
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        sink.write(frame);
        if (heardSamples + frame.length <= heard.length) {
            frameNs[frames++] = clock.nanoTime();
            System.arraycopy(frame, 0, heard, heardSamples, frame.length);
            heardSamples += frame.length;
        }
    }

    /** Returns the audio written so far. */
    short[] heard() {
        return Arrays.copyOf(heard, heardSamples);
    }

    /** Returns when a sample was written: the time of its frame plus its offset in it. */
    long heardAtNs(int sample) {
        int frameSamples = DemoCall.FORMAT.frameSamples();
        return frameNs[sample / frameSamples] + sample % frameSamples * 1_000_000_000L / DemoCall.FORMAT.sampleRateHz();
    }

    @Override
    public long queuedNs() {
        return sink.queuedNs();
    }

    @Override
    public int underruns() {
        return sink.underruns();
    }

    @Override
    public void drain() {
        sink.drain();
    }

    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public void close() {
        sink.close();
    }
}
