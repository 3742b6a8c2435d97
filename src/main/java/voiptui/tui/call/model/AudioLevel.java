package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;

/**
 * Device and level of the microphone or the speaker. Immutable.
 *
 * @param direction microphone or speaker
 * @param device the device in use
 * @param meter the level meter
 * @param gainDb the gain the user chose, in dB
 * @param silentSinceMs since when the microphone has been suspiciously silent; 0 if it is not
 * @param tonePlaying whether the test tone is playing
 */
public record AudioLevel(
        AudioDirection direction, Device device, Meter meter, double gainDb, long silentSinceMs, boolean tonePlaying) {

    /**
     * The device in use.
     *
     * @param name its name; empty if there is none
     * @param problem why there is none; null: one is in use, or has not been opened yet
     */
    public record Device(String name, @Nullable String problem) {}

    /**
     * A peak meter that holds the highest peak for a while, then lets it fall.
     *
     * @param peakDbfs peak of the last 100 ms
     * @param heldDbfs the held peak
     * @param heldMs when the held peak was measured
     * @param clippedMs when the signal last reached full scale
     */
    public record Meter(double peakDbfs, double heldDbfs, long heldMs, long clippedMs) {

        private static final long HOLD_MS = 1500;
        private static final double FALL_DB_PER_SECOND = 20;
        private static final double CLIP_DBFS = -0.1;
        private static final long CLIP_SHOWN_MS = 3000;

        private static final Meter SILENT = new Meter(CallEvent.SILENCE_DBFS, CallEvent.SILENCE_DBFS, 0, 0);

        private Meter with(double newPeakDbfs, long nowMs) {
            boolean higher = newPeakDbfs >= heldDbfs;
            return new Meter(
                    newPeakDbfs,
                    higher ? newPeakDbfs : heldDbfs,
                    higher ? nowMs : heldMs,
                    newPeakDbfs >= CLIP_DBFS ? nowMs : clippedMs);
        }

        private Meter fallen(long fromMs, long nowMs) {
            if (nowMs - heldMs < HOLD_MS || heldDbfs <= peakDbfs) {
                return this;
            }
            double fallen = Math.max(peakDbfs, heldDbfs - FALL_DB_PER_SECOND * (nowMs - fromMs) / 1000);
            return new Meter(peakDbfs, fallen, heldMs, clippedMs);
        }

        /** Returns whether the signal reached full scale within the last three seconds. */
        public boolean isClipping(long nowMs) {
            return clippedMs > 0 && nowMs - clippedMs < CLIP_SHOWN_MS;
        }
    }

    /** Returns the level before the first reading. */
    public static AudioLevel unknown(AudioDirection direction) {
        return new AudioLevel(direction, new Device("", null), Meter.SILENT, 0, 0, false);
    }

    /** Returns a copy with a new reading. */
    public AudioLevel with(double peakDbfs, long nowMs) {
        return with(meter.with(peakDbfs, nowMs));
    }

    /** Returns a copy whose held peak has fallen from {@code fromMs} to {@code nowMs}. */
    public AudioLevel fallen(long fromMs, long nowMs) {
        return with(meter.fallen(fromMs, nowMs));
    }

    private AudioLevel with(Meter newMeter) {
        return newMeter == meter
                ? this
                : new AudioLevel(direction, device, newMeter, gainDb, silentSinceMs, tonePlaying);
    }

    /** Returns a copy with a device in use, which is not known to be silent. */
    public AudioLevel using(String name) {
        return new AudioLevel(direction, new Device(name, null), meter, gainDb, 0, tonePlaying);
    }

    /** Returns a copy without a device. */
    public AudioLevel lost(String problem) {
        return new AudioLevel(direction, new Device("", problem), meter, gainDb, 0, tonePlaying);
    }

    /** Returns a copy with another gain. */
    public AudioLevel withGain(double newGainDb) {
        return new AudioLevel(direction, device, meter, newGainDb, silentSinceMs, tonePlaying);
    }

    /** Returns a copy that has been silent since then; 0 for a microphone that is heard. */
    public AudioLevel silentSince(long sinceMs) {
        return new AudioLevel(direction, device, meter, gainDb, sinceMs, tonePlaying);
    }

    /** Returns a copy with the test tone on or off. */
    public AudioLevel playingTone(boolean playing) {
        return new AudioLevel(direction, device, meter, gainDb, silentSinceMs, playing);
    }
}
