package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.tui.device.PeakMeter;

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
        AudioDirection direction,
        Device device,
        PeakMeter meter,
        double gainDb,
        long silentSinceMs,
        boolean tonePlaying) {

    /**
     * The device in use.
     *
     * @param name its name; empty if there is none
     * @param problem why there is none; null: one is in use, or has not been opened yet
     */
    public record Device(String name, @Nullable String problem) {}

    /** Returns the level before the first reading. */
    public static AudioLevel unknown(AudioDirection direction) {
        return new AudioLevel(direction, new Device("", null), PeakMeter.SILENT, 0, 0, false);
    }

    /** Returns a copy with a new reading. */
    public AudioLevel with(double peakDbfs, long nowMs) {
        return with(meter.with(peakDbfs, nowMs));
    }

    /** Returns a copy whose held peak has fallen from {@code fromMs} to {@code nowMs}. */
    public AudioLevel fallen(long fromMs, long nowMs) {
        return with(meter.fallen(fromMs, nowMs));
    }

    private AudioLevel with(PeakMeter newMeter) {
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
