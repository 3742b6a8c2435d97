package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.VoiceEvent;

/**
 * The last readings about the voice; null: none yet. Immutable.
 *
 * @param quality how the other side sounds here
 * @param peer how we sound there
 * @param delay the parts of the delay
 * @param rates what is sent and received, and what repairs it
 * @param replay how far a replay is; null: none is running
 */
public record VoiceReadings(
        VoiceEvent.@Nullable VoiceQuality quality,
        VoiceEvent.@Nullable PeerQuality peer,
        VoiceEvent.@Nullable VoiceDelay delay,
        VoiceEvent.@Nullable VoiceRates rates,
        VoiceEvent.@Nullable ReplayProgress replay) {

    static final VoiceReadings NONE = new VoiceReadings(null, null, null, null, null);

    /** Returns whether there is no reading. */
    public boolean isEmpty() {
        return quality == null && peer == null && delay == null && rates == null;
    }

    VoiceReadings with(VoiceEvent reading) {
        if (reading instanceof VoiceEvent.VoiceQuality newQuality) {
            return new VoiceReadings(newQuality, peer, delay, rates, replay);
        } else if (reading instanceof VoiceEvent.PeerQuality newPeer) {
            return new VoiceReadings(quality, newPeer, delay, rates, replay);
        } else if (reading instanceof VoiceEvent.VoiceDelay newDelay) {
            return new VoiceReadings(quality, peer, newDelay, rates, replay);
        } else if (reading instanceof VoiceEvent.VoiceRates newRates) {
            return new VoiceReadings(quality, peer, delay, newRates, replay);
        } else if (reading instanceof VoiceEvent.ReplayProgress progress) {
            return new VoiceReadings(quality, peer, delay, rates, progress.behindMs() > 0 ? progress : null);
        }
        return this;
    }
}
