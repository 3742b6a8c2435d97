package voiptui.tui.call.model;

/**
 * The mute. Immutable.
 *
 * @param on whether the other side is sent silence
 * @param loudReadings a score of recent loud microphone readings while muted; rises by 2, falls by 1, at most 15
 */
public record Mute(boolean on, int loudReadings) {

    static final Mute OFF = new Mute(false, 0);

    private static final double TALKING_DBFS = -35;
    private static final int MAX_LOUD = 15;
    private static final int TALKING_LOUD = 4;

    /** Returns the mute after another microphone reading. */
    public Mute with(double peakDbfs) {
        int loud = !on
                ? 0
                : peakDbfs > TALKING_DBFS ? Math.min(MAX_LOUD, loudReadings + 2) : Math.max(0, loudReadings - 1);
        return loud == loudReadings ? this : new Mute(on, loud);
    }

    /** Returns whether the user seems to be talking while muted. */
    public boolean isTalking() {
        return on && loudReadings >= TALKING_LOUD;
    }
}
