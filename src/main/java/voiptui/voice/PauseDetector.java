package voiptui.voice;

/**
 * Tells the long pauses of a speaker, in which it is worth to send nothing: the sound has stayed near the quietest of late for
 * {@value #LONG_MS} ms, or cannot be heard at all. In the short pauses between words and sentences the listener would notice that
 * the background changes to comfort noise; an estimate of wideband PESQ is 0.15 lower.
 *
 * <p>Owned by the capture thread. Allocates nothing.
 */
final class PauseDetector {

    /** How long it must be quiet, in milliseconds. */
    static final int LONG_MS = 3_000;

    /** RMS that nobody hears: -76 dBFS. */
    private static final double INAUDIBLE = 5;
    /** The energy of a background varies by this factor: 6 dB. */
    private static final double VARIATION = 4;
    /** The quietest sound of late is forgotten by this factor per second: 1 dB. */
    private static final double FORGETTING = 1.26;

    private double floor = Double.MAX_VALUE;
    private double quietMs;

    /**
     * Takes a packet of audio into account.
     *
     * @param ms its length
     * @return whether it belongs to a long pause
     */
    boolean isPause(short[] audio, double ms) {
        double energy = 0;
        for (short sample : audio) {
            energy += sample * sample;
        }
        energy /= audio.length;
        if (energy < INAUDIBLE * INAUDIBLE) {
            return true;
        }
        if (energy * VARIATION < floor) {
            quietMs = 0;
        }
        floor = Math.min(floor * Math.pow(FORGETTING, ms / 1000), energy);
        quietMs = energy <= VARIATION * floor ? quietMs + ms : 0;
        return quietMs >= LONG_MS;
    }
}
