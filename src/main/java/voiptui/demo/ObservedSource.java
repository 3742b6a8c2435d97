package voiptui.demo;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.media.device.GatedSource;
import voiptui.time.NanoClock;

/**
 * A source that waits for its release with silence, and remembers what it said after it, and when.
 *
 * <p>Owned by the capture thread; {@link #release} may come from any, and what was said may be read when the call is over.
 */
final class ObservedSource implements AudioSource {

    private final GatedSource speech;
    private final NanoClock clock;
    private final short[] said;
    private int saidSamples;
    private long firstSampleNs;

    /**
     * Starts silent.
     *
     * @param silence what is heard before the release
     * @param speech what is heard from then on
     * @param maxSamples how much of it is remembered
     */
    ObservedSource(AudioSource silence, AudioSource speech, int maxSamples, NanoClock clock) {
        this.speech = new GatedSource(silence, speech);
        this.clock = clock;
        this.said = new short[maxSamples];
    }

    void release() {
        speech.release();
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        boolean speaking = speech.isReleased();
        speech.read(frame);
        if (!speaking) {
            return;
        }
        if (saidSamples == 0) {
            // The frame's first sample entered the microphone one frame's time before the frame was complete.
            firstSampleNs = clock.nanoTime() - DemoCall.FORMAT.frameNs();
        }
        int room = Math.min(frame.length, said.length - saidSamples);
        System.arraycopy(frame, 0, said, saidSamples, room);
        saidSamples += room;
    }

    /** What was said since the release. */
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
        speech.close();
    }
}
