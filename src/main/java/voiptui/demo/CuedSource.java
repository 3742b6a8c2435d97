package voiptui.demo;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.time.NanoClock;

/**
 * A source that waits for its cue with silence, and remembers what it said after it, and when.
 *
 * <p>Owned by the capture thread; {@link #cue} may come from any, and what was said may be read when the call is over.
 */
final class CuedSource implements AudioSource {

    private final AudioSource waiting;
    private final AudioSource speech;
    private final NanoClock clock;
    private final short[] said;
    private int saidSamples;
    private long firstSampleNs;
    private volatile boolean cued;

    /**
     * Starts silent.
     *
     * @param waiting what is heard before the cue
     * @param speech what is heard from the cue on
     * @param maxSamples how much of it is remembered
     */
    CuedSource(AudioSource waiting, AudioSource speech, int maxSamples, NanoClock clock) {
        this.waiting = waiting;
        this.speech = speech;
        this.clock = clock;
        this.said = new short[maxSamples];
    }

    void cue() {
        cued = true;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!cued) {
            waiting.read(frame);
            return;
        }
        speech.read(frame);
        if (saidSamples == 0) {
            // The frame's first sample entered the microphone one frame's time before the frame was complete.
            firstSampleNs = clock.nanoTime() - DemoCall.FORMAT.frameNs();
        }
        int room = Math.min(frame.length, said.length - saidSamples);
        System.arraycopy(frame, 0, said, saidSamples, room);
        saidSamples += room;
    }

    /** What was said since the cue. */
    short[] said() {
        return Arrays.copyOf(said, saidSamples);
    }

    /** When the first sample of it was said. */
    long firstSampleNs() {
        return firstSampleNs;
    }

    @Override
    public String name() {
        return speech.name();
    }

    @Override
    public void close() {
        waiting.close();
        speech.close();
    }
}
