package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Generates the ring of a phone: two short bursts of two mixed tones, then a pause, repeated. Based on the British ringing
 * tone (400 and 450 Hz; ITU-T E.180, annex).
 *
 * <p>Owned by one thread. Allocates nothing after construction.
 */
public final class RingTone {

    static final double LOW_HZ = 400;
    static final double HIGH_HZ = 450;
    /** Peak level of both tones together, in dBFS. */
    static final double LEVEL_DBFS = -12;

    static final int BURST_MS = 400;
    static final int GAP_MS = 200;
    static final int PERIOD_MS = 3000;
    private static final int FADE_MS = 10;
    private static final double AMPLITUDE = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, LEVEL_DBFS / 20) / 2;

    private final int burstSamples;
    private final int secondAt;
    private final int periodSamples;
    private final int fadeSamples;
    private final double lowStep;
    private final double highStep;
    private int at;

    /** Creates a ring in {@code format} that starts with the first burst. */
    public RingTone(PcmFormat format) {
        this.burstSamples = format.samplesOf(BURST_MS);
        this.secondAt = format.samplesOf(BURST_MS + GAP_MS);
        this.periodSamples = format.samplesOf(PERIOD_MS);
        this.fadeSamples = format.samplesOf(FADE_MS);
        this.lowStep = 2 * Math.PI * LOW_HZ / format.sampleRateHz();
        this.highStep = 2 * Math.PI * HIGH_HZ / format.sampleRateHz();
    }

    /** Fills the whole array with the next samples. */
    public void fill(short[] frame) {
        for (int i = 0; i < frame.length; i++) {
            int inBurst = at < secondAt ? at : at - secondAt;
            double envelope = inBurst >= burstSamples
                    ? 0
                    : Math.min(1, Math.min(inBurst, burstSamples - inBurst) / (double) fadeSamples);
            frame[i] = envelope == 0
                    ? 0
                    : Saturation.toSample(AMPLITUDE * envelope * (Math.sin(lowStep * at) + Math.sin(highStep * at)));
            at = at + 1 == periodSamples ? 0 : at + 1;
        }
    }
}
