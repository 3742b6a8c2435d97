package voiptui.demo;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.media.device.GatedSource;
import voiptui.time.NanoClock;

/**
 * A source that delivers silence until it is released, then speech until it is finished, and records that speech with its time.
 *
 * <p>Owned by the capture thread; {@link #release} and {@link #finish} may be called by any thread. The recording is read after the call.
 */
final class ObservedSource implements AudioSource {

    private final GatedSource speech;
    private final NanoClock clock;
    private final short[] said;
    private volatile boolean finished;
    private int saidSamples;
    private long firstSampleNs;

    /**
     * Creates a source that delivers silence.
     *
     * @param silence the source used until the release
     * @param speech the source used after it
     * @param maxSamples most samples of speech to record
     */
    ObservedSource(AudioSource silence, AudioSource speech, int maxSamples, NanoClock clock) {
        this.speech = new GatedSource(silence, speech);
        this.clock = clock;
        this.said = new short[maxSamples];
    }

    void release() {
        speech.release();
    }

    /** Delivers silence again, from the next frame on. */
    void finish() {
        finished = true;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        boolean speaking = speech.isReleased();
        speech.read(frame);
        if (!speaking) {
            return;
        }
        if (finished) {
            Arrays.fill(frame, (short) 0);
            return;
        }
        if (saidSamples == 0) {
            // The first sample entered the microphone one frame earlier than the frame was complete.
            firstSampleNs = clock.nanoTime() - DemoCall.FORMAT.frameNs();
        }
        int room = Math.min(frame.length, said.length - saidSamples);
        System.arraycopy(frame, 0, said, saidSamples, room);
        saidSamples += room;
    }

    /** Returns the speech since the release. */
    short[] said() {
        return Arrays.copyOf(said, saidSamples);
    }

    /** Returns when a sample of it entered the microphone. */
    long saidAtNs(int sample) {
        return firstSampleNs + sample * 1_000_000_000L / DemoCall.FORMAT.sampleRateHz();
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
