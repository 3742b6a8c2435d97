package voiptui.media.quality;

import org.jspecify.annotations.Nullable;
import voiptui.event.VoiceEvent;
import voiptui.time.NanoClock;

/** Notices that the peer's packets stop and that they come again. Owned by the call thread. */
public final class ReceptionWatch {

    /** Time without a packet after which reception has stopped, in milliseconds. */
    static final long STOPPED_MS = 400;

    /** The same in a pause that the peer announced: updates come every 400 ms then (RFC 6716, 2.1.9), and one may be lost. */
    static final long STOPPED_IN_PAUSE_MS = 1_000;

    private boolean watching;
    private long lastHeardNs;
    private boolean stopped;
    private long stoppedSinceNs;

    /** Expects nothing until the next packet: the call is not connected, or the peer has ended its stream. */
    public void rest() {
        watching = false;
        stopped = false;
    }

    /**
     * Looks whether packets come.
     *
     * @param heardNs when the newest packet arrived, in nanoseconds; the same value as before: none has come since
     * @param inPause whether the peer has announced a pause
     * @param nowNs the present time on the same clock
     * @return what changed; null: nothing
     */
    public VoiceEvent.@Nullable Reception onTick(long heardNs, boolean inPause, long nowNs) {
        boolean heard = heardNs != lastHeardNs;
        lastHeardNs = heardNs;
        if (heard) {
            watching = true;
            if (!stopped) {
                return null;
            }
            stopped = false;
            return new VoiceEvent.Reception(true, ms(heardNs - stoppedSinceNs));
        }
        long silentMs = ms(nowNs - heardNs);
        if (watching && !stopped && silentMs >= (inPause ? STOPPED_IN_PAUSE_MS : STOPPED_MS)) {
            stopped = true;
            stoppedSinceNs = heardNs;
            return new VoiceEvent.Reception(false, silentMs);
        }
        return null;
    }

    private static long ms(long ns) {
        return Math.max(0, ns) / NanoClock.NS_PER_MS;
    }
}
