package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.VoiceEvent;
import voiptui.tui.widget.History;

/**
 * How good both directions of the call are and were, twice a second. Immutable.
 *
 * @param last the last verdict; null: none yet
 * @param received how much what the user hears is impaired, in percent: 0 is perfect, 100 an outage
 * @param sent the same of what the peer hears
 * @param delayMs from mouth to ear
 * @param readings the number of readings so far
 */
public record VerdictHistory(
        VoiceEvent.@Nullable Quality last, History received, History sent, History delayMs, long readings) {

    /** How much the charts cover. */
    public static final int MINUTES = 2;

    /** Readings in the time that the charts cover. */
    public static final int READINGS = MINUTES * 60 * 2;

    private static final double BEST_MOS = 4.41;

    static final VerdictHistory NONE = new VerdictHistory(null, History.EMPTY, History.EMPTY, History.EMPTY, 0);

    VerdictHistory with(VoiceEvent.Quality reading, VoiceReadings voice) {
        VoiceEvent.VoiceQuality here = voice.quality();
        VoiceEvent.PeerQuality there = voice.peer();
        VoiceEvent.VoiceDelay delay = voice.delay();
        return new VerdictHistory(
                reading,
                received.with(impairment(reading.received(), here == null ? BEST_MOS : here.mos())),
                sent.with(impairment(reading.sent(), there == null ? BEST_MOS : there.mos())),
                delayMs.with(delay == null ? 0 : delay.totalMs()),
                readings + 1);
    }

    private static double impairment(VoiceEvent.Assessment now, double mos) {
        if (now.cause().isOutage()) {
            return 100;
        }
        return now.grade() == null ? 0 : impairment(mos);
    }

    /** Returns how much a score means, in percent. */
    static double impairment(double mos) {
        return 100 * Math.max(0, BEST_MOS - mos) / (BEST_MOS - 1);
    }

    /** Returns the direction that is worse off, the user's own if both are alike; null: none is known. */
    public @Nullable MediaDirection worse() {
        if (last == null || last.received().grade() == null && last.sent().grade() == null) {
            return null;
        }
        Grade here = last.received().grade();
        Grade there = last.sent().grade();
        boolean peerIsWorse = here == null || there != null && there.isWorseThan(here);
        return peerIsWorse ? MediaDirection.SENT : MediaDirection.RECEIVED;
    }
}
