package voiptui.tui.device;

import voiptui.event.CallEvent;

/**
 * A peak meter that holds the highest peak for a while, then lets it fall. Immutable. Times are milliseconds since 1970.
 *
 * @param peakDbfs peak of the last 100 ms
 * @param heldDbfs the held peak
 * @param heldMs when the held peak was measured
 * @param clippedMs when the signal last reached full scale
 */
public record PeakMeter(double peakDbfs, double heldDbfs, long heldMs, long clippedMs) {

    private static final long HOLD_MS = 1500;
    private static final double FALL_DB_PER_SECOND = 20;
    private static final double CLIP_DBFS = -0.1;
    private static final long CLIP_SHOWN_MS = 3000;

    /** A meter before its first reading. */
    public static final PeakMeter SILENT = new PeakMeter(CallEvent.SILENCE_DBFS, CallEvent.SILENCE_DBFS, 0, 0);

    /** Returns the meter after a reading. */
    public PeakMeter with(double newPeakDbfs, long nowMs) {
        boolean higher = newPeakDbfs >= heldDbfs;
        return new PeakMeter(
                newPeakDbfs,
                higher ? newPeakDbfs : heldDbfs,
                higher ? nowMs : heldMs,
                newPeakDbfs >= CLIP_DBFS ? nowMs : clippedMs);
    }

    /** Returns the meter with its held peak fallen from {@code fromMs} to {@code nowMs}; the same one if it still holds. */
    public PeakMeter fallen(long fromMs, long nowMs) {
        if (nowMs - heldMs < HOLD_MS || heldDbfs <= peakDbfs) {
            return this;
        }
        double fallen = Math.max(peakDbfs, heldDbfs - FALL_DB_PER_SECOND * (nowMs - fromMs) / 1000);
        return new PeakMeter(peakDbfs, fallen, heldMs, clippedMs);
    }

    /** Returns whether the signal reached full scale within the last three seconds. */
    public boolean isClipping(long nowMs) {
        return clippedMs > 0 && nowMs - clippedMs < CLIP_SHOWN_MS;
    }
}
