package voiptui.tui.widget;

import org.jspecify.annotations.Nullable;
import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;

/**
 * The state of a v2 session with a relay. Immutable. Times are milliseconds since 1970.
 *
 * @param name the name the client is signed in with; empty before the first sign-in
 * @param signedInMs when it last signed in; 0 for never
 * @param media the last change of the media path; null: none yet
 * @param rttMs round trips by UDP, the newest last
 * @param outage why the session is down; null: it is not
 * @param fellBack whether the relay turned out to be classic
 */
public record SessionStatus(
        String name,
        long signedInMs,
        SessionEvent.@Nullable PathChanged media,
        History rttMs,
        @Nullable Outage outage,
        boolean fellBack) {

    /** Nothing is known; stays so in a classic call. */
    public static final SessionStatus NONE = new SessionStatus("", 0, null, History.EMPTY, null, false);

    /**
     * A lost session. Times are milliseconds since 1970.
     *
     * @param last the last failure
     * @param sinceMs when the session was lost
     * @param retryAtMs when the next attempt is due; 0 if none is
     */
    public record Outage(SessionEvent.SessionLost last, long sinceMs, long retryAtMs) {

        private static Outage after(@Nullable Outage before, SessionEvent.SessionLost lost, long nowMs) {
            return new Outage(
                    lost,
                    before == null ? nowMs : before.sinceMs(),
                    lost.retryInMs() > 0 ? nowMs + lost.retryInMs() : 0);
        }
    }

    /** Returns the status after an event. */
    public SessionStatus with(SessionEvent event, long nowMs) {
        if (event instanceof SessionEvent.SignedIn signedIn) {
            return new SessionStatus(signedIn.name(), nowMs, media, rttMs, null, false);
        } else if (event instanceof SessionEvent.SessionLost lost) {
            Outage after = Outage.after(outage, lost, nowMs);
            return new SessionStatus(name, signedInMs, media, rttMs, after, fellBack);
        } else if (event instanceof SessionEvent.FellBackToClassic) {
            return new SessionStatus("", signedInMs, null, History.EMPTY, null, true);
        } else if (event instanceof SessionEvent.PathChanged changed) {
            // The round trip is that of UDP; it says nothing about another path.
            History rtt = changed.path() == MediaPath.UDP ? rttMs : History.EMPTY;
            return new SessionStatus(name, signedInMs, changed, rtt, outage, fellBack);
        } else if (event instanceof SessionEvent.PathReading reading) {
            History rtt = rttMs.with(reading.rttMs());
            return new SessionStatus(name, signedInMs, media, rtt, outage, fellBack);
        }
        return this;
    }

    /** Returns the media path; null: not known yet. */
    public @Nullable MediaPath path() {
        return media == null ? null : media.path();
    }

    /** Returns the address and port from which the relay receives media; empty if unknown. */
    public String address() {
        return media == null ? "" : media.address();
    }

    /** Returns whether the client is signed in and the session is up. */
    public boolean isSignedIn() {
        return !name.isEmpty() && outage == null;
    }

    /** Returns whether there has been any session event. */
    public boolean isKnown() {
        return signedInMs > 0 || outage != null || fellBack || media != null;
    }
}
