package voiptui.media.quality;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Event;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;

/**
 * Grades both directions of a call and says what each suffers from. Learns everything from events: scores and losses here
 * and at the peer, what each leg loses, whether anything arrives, whether the relay is reached.
 *
 * <p>Owned by the call thread. Time is a parameter: milliseconds on a monotonic clock.
 */
public final class QualityWatch {

    static final long INTERVAL_MS = 500;

    /** After an outage the scores, which cover five seconds, say nothing about the present for so long. */
    static final long SETTLING_MS = 5_000;

    private final Consumer<VoiceEvent> publish;
    private final LossPlace place = new LossPlace();
    private final DirectionWatch received = new DirectionWatch(MediaDirection.RECEIVED, place);
    private final DirectionWatch sent = new DirectionWatch(MediaDirection.SENT, place);
    private final LossMeter receivedLoss = new LossMeter();
    private final LossMeter sentLoss = new LossMeter();
    private CallEvent.@Nullable NetworkStats network;
    private CallEvent.@Nullable PeerReport peerReport;
    private VoiceEvent.@Nullable VoiceQuality here;
    private VoiceEvent.@Nullable PeerQuality there;
    private VoiceEvent.@Nullable VoiceDelay delay;
    private boolean relayLost;
    private boolean receiving = true;
    private long stoppedAtMs;
    private long outageMs;
    private long settledAtMs;
    private long nextMs;

    /** @param publish receives the verdicts, on the call thread */
    public QualityWatch(Consumer<VoiceEvent> publish) {
        this.publish = publish;
    }

    /** Takes an event into account, and those of this class not at all. */
    public void onEvent(Event event, long nowMs) {
        if (event instanceof CallEvent.NetworkStats stats) {
            network = stats;
            receivedLoss.add(stats.packetsReceived() + stats.packetsLost(), stats.packetsLost());
        } else if (event instanceof CallEvent.PeerReport report) {
            peerReport = report;
        } else if (event instanceof VoiceEvent.VoiceQuality quality) {
            here = quality;
        } else if (event instanceof VoiceEvent.PeerQuality quality) {
            there = quality;
        } else if (event instanceof VoiceEvent.VoiceDelay parts) {
            delay = parts;
        } else if (event instanceof VoiceEvent.Reception reception) {
            receiving = reception.receiving();
            if (receiving) {
                outageMs += Math.max(0, reception.silentMs() - ReceptionWatch.STOPPED_MS);
                settledAtMs = nowMs + SETTLING_MS;
            }
            stoppedAtMs = nowMs - reception.silentMs();
            nextMs = nowMs;
        } else if (event instanceof SessionEvent.Legs legs) {
            place.add(legs, nowMs);
        } else if (event instanceof SessionEvent.SessionLost || isRelayLoss(event)) {
            relayLost = true;
        } else if (event instanceof SessionEvent.SignedIn || event instanceof CallEvent.RelayAnswered) {
            relayLost = false;
        }
    }

    private static boolean isRelayLoss(Event event) {
        return event instanceof CallEvent.StateChanged changed && changed.state() == CallState.RELAY_LOST;
    }

    /** Publishes the state of both directions twice a second, at once when reception stops or begins, and what changed. */
    public void onTick(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + INTERVAL_MS;
        if (network != null && peerReport != null) {
            sentLoss.add(network.packetsSent(), peerReport.packetsLost());
        }
        VoiceEvent.Assessment heard = ofReceived(nowMs);
        VoiceEvent.Assessment told = ofSent(nowMs);
        publish.accept(new VoiceEvent.Quality(heard, told, place.losses(nowMs)));
        received.publishChange(heard, nowMs, publish);
        sent.publishChange(told, nowMs, publish);
    }

    private VoiceEvent.Assessment ofReceived(long nowMs) {
        double loss = receivedLoss.percent();
        long gapsMs = (network == null ? 0 : network.concealedMs()) + outageMs;
        if (!receiving) {
            QualityCause cause = relayLost ? QualityCause.RELAY_LOST : QualityCause.NOTHING_RECEIVED;
            return new VoiceEvent.Assessment(Grade.BAD, cause, nowMs - stoppedAtMs, loss, gapsMs);
        }
        if (here == null || nowMs < settledAtMs) {
            return new VoiceEvent.Assessment(null, QualityCause.NONE, 0, loss, gapsMs);
        }
        double jitterMs = network == null ? 0 : network.jitterMs();
        return received.assess(
                new DirectionWatch.Measured(
                        here.mos(), loss, here.concealedPercent(), jitterMs, totalDelayMs(), gapsMs),
                nowMs);
    }

    private VoiceEvent.Assessment ofSent(long nowMs) {
        double loss = sentLoss.percent();
        VoiceEvent.PeerQuality reported = there;
        if (reported == null || nowMs < settledAtMs) {
            return new VoiceEvent.Assessment(null, QualityCause.NONE, 0, loss, 0);
        }
        long sentMs = network == null ? 0 : network.packetsSent() * (delay == null ? 0 : delay.packetMs());
        long gapsMs = Math.round(sentMs * reported.lossPercent() / 100);
        double jitterMs = peerReport == null ? 0 : peerReport.jitterMs();
        return sent.assess(
                new DirectionWatch.Measured(reported.mos(), loss, Double.NaN, jitterMs, totalDelayMs(), gapsMs), nowMs);
    }

    private double totalDelayMs() {
        return delay == null ? 0 : delay.totalMs();
    }
}
