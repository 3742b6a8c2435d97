package voiptui.audio.dsp;

import java.util.Arrays;

/**
 * Fills pauses of the sender with noise like the background of what was received, so that the line does not sound dead (the idea
 * of RFC 3389 and ITU-T G.711 Appendix II; here nothing is transmitted, the receiver learns by itself).
 *
 * <p>The background is what is within 6 dB of the quietest 20 ms of the last two seconds (after Martin, "Noise power spectral
 * density estimation based on optimal smoothing and minimum statistics", IEEE Transactions on Speech and Audio Processing 9,
 * 2001). Received and generated sound are cross-faded.
 *
 * <p>Owned by one thread. Allocates nothing after construction.
 */
public final class ComfortNoise {

    private static final long SEED = 1;
    private static final int FADE_MS = 8;
    /** A block is background if its power is at most this many times that of the quietest one. */
    private static final double NEAR_FLOOR = 4;
    /** The quietest block is looked for in this many stretches ... */
    private static final int STRETCHES = 4;
    /** ... of this many blocks each. */
    private static final int STRETCH_BLOCKS = 25;
    /** The weight of a new block in the background. */
    private static final double SMOOTHING = 0.05;
    /** The loudest noise, as RMS: -36 dBFS. What is louder is more likely a tone than a background. */
    private static final double MAX_LEVEL = 519;

    private final ShapedNoise noise;
    private final double[] floors = new double[STRETCHES];
    private final short[] block;
    /** The last samples received or generated, in order. */
    private final short[] recent;
    /** What they were when the pause began. */
    private final short[] before;

    private int blockAt;
    private int stretch;
    private int stretchBlocks;
    private int learned;
    private double factor;
    private boolean generating;
    private int generated;
    /** Samples that are still to be faded in after generated ones. */
    private int toFadeIn;

    /** Creates a generator for audio of {@code rateHz} samples per second that knows no background: silence. */
    public ComfortNoise(int rateHz) {
        noise = new ShapedNoise(rateHz, SEED);
        block = new short[noise.blockSamples()];
        recent = new short[rateHz * FADE_MS / 1000];
        before = new short[recent.length];
        Arrays.fill(floors, Double.MAX_VALUE);
    }

    /**
     * Learns from received audio. After {@link #fill}, fades it in during the first {@value #FADE_MS} ms, in place; otherwise
     * changes nothing.
     */
    public void onReceived(short[] audio, int samples) {
        if (generating) {
            generating = false;
            toFadeIn = recent.length;
        }
        for (int i = 0; i < samples && toFadeIn > 0; i++) {
            double at = Math.PI / 2 * (toFadeIn - 0.5) / recent.length;
            audio[i] = Saturation.toSample(audio[i] * Math.cos(at) + nextFilled() * Math.sin(at));
            toFadeIn--;
        }
        remember(audio, samples);
        for (int at = 0; at < samples; ) {
            int copied = Math.min(samples - at, block.length - blockAt);
            System.arraycopy(audio, at, block, blockAt, copied);
            at += copied;
            blockAt += copied;
            if (blockAt == block.length) {
                blockAt = 0;
                judgeBlock();
            }
        }
    }

    /**
     * Fills a pause with noise. The first {@value #FADE_MS} ms fade over from what was received last.
     *
     * @param audio receives {@code samples} samples from index 0
     */
    public void fill(short[] audio, int samples) {
        if (!generating) {
            generating = true;
            generated = 0;
            toFadeIn = 0;
            System.arraycopy(recent, 0, before, 0, recent.length);
        }
        for (int i = 0; i < samples; i++) {
            audio[i] = Saturation.toSample(nextFilled());
        }
        remember(audio, samples);
    }

    private double nextFilled() {
        double value = next();
        if (generated < before.length) {
            // What was received last, backwards, is a continuation without a step.
            double at = Math.PI / 2 * (generated + 0.5) / before.length;
            value = value * Math.sin(at) + before[before.length - 1 - generated] * Math.cos(at);
            generated++;
        }
        return value;
    }

    /** Returns the next sample of the noise alone, not rounded. */
    public double next() {
        return noise.next() * factor;
    }

    /** Returns the level of the noise, as RMS in steps of a 16-bit sample. */
    public double level() {
        return noise.level() * factor;
    }

    private void remember(short[] audio, int samples) {
        int added = Math.min(samples, recent.length);
        System.arraycopy(recent, added, recent, 0, recent.length - added);
        System.arraycopy(audio, samples - added, recent, recent.length - added, added);
    }

    private void judgeBlock() {
        double power = 0;
        for (short sample : block) {
            power += (double) sample * sample / block.length;
        }
        floors[stretch] = Math.min(floors[stretch], power);
        double floor = Double.MAX_VALUE;
        for (double quietest : floors) {
            floor = Math.min(floor, quietest);
        }
        if (++stretchBlocks == STRETCH_BLOCKS) {
            stretchBlocks = 0;
            stretch = (stretch + 1) % STRETCHES;
            floors[stretch] = Double.MAX_VALUE;
        }
        if (power <= NEAR_FLOOR * floor) {
            learnBlock(power);
        }
    }

    private void learnBlock(double power) {
        double known = noise.level() * noise.level();
        if (known > NEAR_FLOOR * power || power > NEAR_FLOOR * known) {
            // The background is another now.
            learned = 0;
        }
        learned++;
        noise.learn(block, 0, Math.max(1.0 / learned, SMOOTHING));
        factor = Math.min(1, MAX_LEVEL / Math.max(1, noise.level()));
    }
}
