package voiptui.tui.widget;

import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;

/**
 * How the line to a relay of the second protocol is. Immutable. Times are milliseconds since 1970.
 *
 * @param name what we are called by there; an empty string while it has not taken us
 * @param signedInMs when it took us, the last time; 0 for never
 * @param path the way that media takes; {@code null} before that is known
 * @param seenAs where the relay sees our datagrams come from; an empty string while it sees none
 * @param rttMs the round trip by UDP, the newest last
 * @param lost why there is no line now; {@code null} while there is one
 * @param lostMs since when; 0 while there is one
 * @param retryAtMs when the next try is due; 0 where none is
 * @param fellBack whether the relay speaks the classic protocol only
 */
public record SessionReading(
        String name,
        long signedInMs,
        MediaPath path,
        String seenAs,
        History rttMs,
        SessionEvent.SessionLost lost,
        long lostMs,
        long retryAtMs,
        boolean fellBack) {

    /** Nothing is known: so it stays in a classic call. */
    public static final SessionReading NONE = new SessionReading("", 0, null, "", History.EMPTY, null, 0, 0, false);

    /** With what happened. */
    public SessionReading with(SessionEvent event, long nowMs) {
        if (event instanceof SessionEvent.SignedIn signedIn) {
            return new SessionReading(signedIn.name(), nowMs, path, seenAs, rttMs, null, 0, 0, false);
        } else if (event instanceof SessionEvent.SessionLost newlyLost) {
            return new SessionReading(
                    name,
                    signedInMs,
                    path,
                    seenAs,
                    rttMs,
                    newlyLost,
                    lost == null ? nowMs : lostMs,
                    newlyLost.retryInMs() > 0 ? nowMs + newlyLost.retryInMs() : 0,
                    fellBack);
        } else if (event instanceof SessionEvent.FellBackToClassic) {
            return new SessionReading("", signedInMs, null, "", History.EMPTY, null, 0, 0, true);
        } else if (event instanceof SessionEvent.PathChanged changed) {
            // The round trip is one of UDP: by another way it says nothing.
            return new SessionReading(
                    name,
                    signedInMs,
                    changed.path(),
                    changed.address(),
                    changed.path() == MediaPath.UDP ? rttMs : History.EMPTY,
                    lost,
                    lostMs,
                    retryAtMs,
                    fellBack);
        } else if (event instanceof SessionEvent.PathReading reading) {
            return new SessionReading(
                    name, signedInMs, path, seenAs, rttMs.with(reading.rttMs()), lost, lostMs, retryAtMs, fellBack);
        }
        return this;
    }

    /** Whether the relay has taken us, and the line is there. */
    public boolean isSignedIn() {
        return !name.isEmpty() && lost == null;
    }

    /** Whether anything was heard of a line at all. */
    public boolean isKnown() {
        return signedInMs > 0 || lost != null || fellBack || path != null;
    }

    /** The last round trip by UDP, in milliseconds; not a number where none is known. */
    public double lastRttMs() {
        return rttMs.size() == 0 ? Double.NaN : rttMs.latest(0);
    }
}
