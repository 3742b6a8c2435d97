package voiptui.relay.call;

import voiptui.protocol.RelayMessage;
import voiptui.relay.media.measure.LegMeter;
import voiptui.relay.session.Sessions;
import voiptui.time.NanoClock;

/**
 * Tells the clients of connected calls, every two seconds, where packets get lost: those that announced that they understand
 * it. Owned by the control thread.
 */
public final class LegReports {

    private static final long INTERVAL_NS = 2_000_000_000L;
    /** The sweeps that drive this come every second, give or take. */
    private static final long SLACK_NS = 500_000_000L;

    private final Sessions<ClientSession> sessions;
    private final NanoClock clock;
    private long nextNs;

    /** Creates the reports to these sessions. */
    public LegReports(Sessions<ClientSession> sessions, NanoClock clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.nextNs = clock.nanoTime() + INTERVAL_NS;
    }

    /** Sends the reports if they are due. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        if (nextNs - nowNs > SLACK_NS) {
            return;
        }
        nextNs = nowNs + INTERVAL_NS;
        for (ClientSession session : sessions.all()) {
            Call call = session.activeCall();
            if (call != null && session.isConnected() && session.understandsLegs()) {
                session.send(new RelayMessage.Legs(
                        call.id,
                        leg(session.flow().legs()),
                        leg(call.other(session).flow().legs())));
            }
        }
    }

    private static RelayMessage.Leg leg(LegMeter meter) {
        return new RelayMessage.Leg(
                meter.expected(), meter.lost(), meter.jitterUs(), meter.forwarded(), meter.forwardedLost());
    }
}
