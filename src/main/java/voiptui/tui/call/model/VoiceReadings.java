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
 */
public record VoiceReadings(
        VoiceEvent.@Nullable VoiceQuality quality,
        VoiceEvent.@Nullable PeerQuality peer,
        VoiceEvent.@Nullable VoiceDelay delay,
        VoiceEvent.@Nullable VoiceRates rates) {

    static final VoiceReadings NONE = new VoiceReadings(null, null, null, null);

    /** Returns whether there is no reading. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    VoiceReadings with(VoiceEvent reading) {
        if (reading instanceof VoiceEvent.VoiceQuality newQuality) {
            return new VoiceReadings(newQuality, peer, delay, rates);
        } else if (reading instanceof VoiceEvent.PeerQuality newPeer) {
            return new VoiceReadings(quality, newPeer, delay, rates);
        } else if (reading instanceof VoiceEvent.VoiceDelay newDelay) {
            return new VoiceReadings(quality, peer, newDelay, rates);
        } else if (reading instanceof VoiceEvent.VoiceRates newRates) {
            return new VoiceReadings(quality, peer, delay, newRates);
        }
        return this;
    }
}
