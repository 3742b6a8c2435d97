package voiptui.media.quality;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;

/**
 * Finds the leg of the call that loses packets, from what the relay counts on each, over the last four seconds.
 *
 * <p>Owned by one thread.
 */
final class LossPlace {

    /** Readings compared: the newest and the one two before it, as they come every two seconds. */
    private static final int READINGS = 3;

    /** A reading is no longer used after this time: the relay has stopped counting. */
    private static final long FRESH_MS = 6_000;

    /** How many times what the other leg loses a leg must lose to be blamed alone. */
    private static final double CLEARLY = 1.5;

    /**
     * The readings must account for the loss, divided by this. Otherwise it has begun since, and what they show is a packet or two
     * that one count has and another does not have yet.
     */
    private static final double ACCOUNTED = 3;

    private final Deque<SessionEvent.Legs> readings = new ArrayDeque<>();
    private long newestMs;

    /** Takes a reading into account. */
    void add(SessionEvent.Legs legs, long nowMs) {
        if (!readings.isEmpty() && (nowMs - newestMs > FRESH_MS || isRestart(readings.getLast(), legs))) {
            readings.clear();
        }
        if (readings.size() == READINGS) {
            readings.removeFirst();
        }
        readings.addLast(legs);
        newestMs = nowMs;
    }

    private static boolean isRestart(SessionEvent.Legs before, SessionEvent.Legs after) {
        return after.toRelay().expected() < before.toRelay().expected()
                || after.peerToRelay().expected() < before.peerToRelay().expected();
    }

    /**
     * Returns where the packets of one direction get lost.
     *
     * @param lossPercent what the direction loses on both legs together
     * @return one of the losses; {@link QualityCause#LOSS} if it is both legs, or not known yet
     */
    QualityCause of(MediaDirection direction, double lossPercent, long nowMs) {
        VoiceEvent.LegLosses legs = losses(nowMs);
        if (legs == null) {
            return QualityCause.LOSS;
        }
        boolean received = direction == MediaDirection.RECEIVED;
        double up = received ? legs.peerToRelay() : legs.toRelay();
        Double counted = received ? legs.fromRelay() : legs.relayToPeer();
        double down = counted != null ? counted : Math.max(0, lossPercent - up);
        if (Math.max(up, down) * ACCOUNTED < lossPercent) {
            return QualityCause.LOSS;
        }
        if (up > CLEARLY * down) {
            return received ? QualityCause.LOSS_PEER_TO_RELAY : QualityCause.LOSS_TO_RELAY;
        }
        if (down > CLEARLY * up) {
            return received ? QualityCause.LOSS_FROM_RELAY : QualityCause.LOSS_RELAY_TO_PEER;
        }
        return QualityCause.LOSS;
    }

    /** Returns what each leg has lost lately; null: unknown. */
    VoiceEvent.@Nullable LegLosses losses(long nowMs) {
        if (readings.size() < 2 || nowMs - newestMs > FRESH_MS) {
            return null;
        }
        SessionEvent.Legs from = readings.getFirst();
        SessionEvent.Legs to = readings.getLast();
        return new VoiceEvent.LegLosses(
                percent(from.toRelay(), to.toRelay()),
                percentIfCounted(from.fromRelay(), to.fromRelay()),
                percent(from.peerToRelay(), to.peerToRelay()),
                percentIfCounted(from.relayToPeer(), to.relayToPeer()));
    }

    private static @Nullable Double percentIfCounted(SessionEvent.@Nullable Leg from, SessionEvent.@Nullable Leg to) {
        return from == null || to == null ? null : percent(from, to);
    }

    private static double percent(SessionEvent.Leg from, SessionEvent.Leg to) {
        long expected = to.expected() - from.expected();
        return expected <= 0 ? 0 : 100.0 * Math.max(0, to.lost() - from.lost()) / expected;
    }
}
