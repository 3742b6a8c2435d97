package voiptui.voice;

import java.util.Arrays;

/**
 * Decoded audio that is not played yet, and as much of what was played before it as {@link TimeStretch} needs.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
final class PlayoutAudio {

    private final TimeStretch stretch;
    private final short[] fade;
    private final short[] audio;
    private final int historySamples;
    private int readyAt;
    private int readySamples;

    /** @param maxSamples the most that waits at any time */
    PlayoutAudio(int rateHz, int maxSamples) {
        this.stretch = new TimeStretch(rateHz);
        this.fade = new short[stretch.samplesToLengthen()];
        this.historySamples = stretch.samplesBeforeToLengthen();
        this.audio = new short[historySamples + 2 * maxSamples];
        this.readyAt = historySamples;
    }

    /** Returns the samples that wait. */
    int ready() {
        return readySamples;
    }

    /** Returns how many samples must wait for {@link #shorten} to find the longest period; fewer limit what it finds. */
    int samplesToShorten() {
        return stretch.samplesToShorten();
    }

    /** Returns how many samples must wait before {@link #lengthen} can repeat a period. */
    int samplesToLengthen() {
        return stretch.samplesToLengthen();
    }

    /** Drops what waits, and forgets what was played. */
    void clear() {
        Arrays.fill(audio, (short) 0);
        readyAt = historySamples;
        readySamples = 0;
    }

    /** Appends the first {@code samples} of {@code from}. */
    void append(short[] from, int samples) {
        makeRoomFor(samples);
        System.arraycopy(from, 0, audio, readyAt + readySamples, samples);
        readySamples += samples;
    }

    /** Moves the oldest samples, which must be there, to {@code out}. */
    void take(short[] out) {
        take(out, out.length);
    }

    /** Moves the oldest {@code samples}, which must be there, to the front of {@code out}. */
    void take(short[] out, int samples) {
        System.arraycopy(audio, readyAt, out, 0, samples);
        consume(samples);
    }

    /** Fades {@code out} from the oldest samples to silence, and drops all. */
    void takeFadingOut(short[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) (audio[readyAt + i] * (out.length - i) / out.length);
        }
        consume(readySamples);
    }

    /**
     * Removes a pitch period of at most {@code most} samples, if there is a good one.
     *
     * @param urgent whether a worse one is good enough
     * @return samples removed
     */
    int shorten(int most, boolean urgent) {
        int removed = stretch.shorten(audio, readyAt, Math.min(most, readySamples - fade.length), urgent);
        if (removed > 0) {
            // History and the rest stay next to each other.
            System.arraycopy(
                    audio, readyAt - historySamples, audio, readyAt - historySamples + removed, historySamples);
            consume(removed);
        }
        return removed;
    }

    /**
     * Repeats a pitch period, if there is a good one.
     *
     * @param urgent whether a worse one is good enough
     * @return samples added
     */
    int lengthen(boolean urgent) {
        int lag = stretch.lengthen(audio, readyAt, fade, urgent);
        if (lag > 0) {
            makeRoomFor(lag);
            // After the fade the audio goes on one period earlier than it was.
            System.arraycopy(
                    audio, readyAt - lag + fade.length, audio, readyAt + fade.length, readySamples + lag - fade.length);
            System.arraycopy(fade, 0, audio, readyAt, fade.length);
            readySamples += lag;
        }
        return lag;
    }

    private void makeRoomFor(int samples) {
        if (readyAt + readySamples + samples > audio.length) {
            System.arraycopy(audio, readyAt - historySamples, audio, 0, historySamples + readySamples);
            readyAt = historySamples;
        }
    }

    private void consume(int samples) {
        readyAt += samples;
        readySamples -= samples;
    }
}
