package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent;
import voiptui.report.PhoneText;
import voiptui.tui.call.model.CallModel;

/**
 * The calls of a phone. Immutable. Times are milliseconds since 1970.
 *
 * @param ringing the calls that ring, the first one first
 * @param active the call being dialed or in progress; null: none
 * @param lastCall a summary of the last call in one line, also of one that was not answered; empty if there was none
 * @param missed the calls missed since the phone started, and those before that the user has not seen, the newest first
 * @param counts how many calls there were
 * @param blocked the callers who are rejected
 * @param recent the calls that are over, the newest first
 */
record PhoneCalls(
        List<IncomingCall> ringing,
        @Nullable ActiveCall active,
        String lastCall,
        List<MissedCall> missed,
        CallCounts counts,
        List<PhoneEvent.BlockedPeer> blocked,
        List<RecentRow> recent) {

    static final PhoneCalls NONE =
            new PhoneCalls(List.of(), null, "", List.of(), new CallCounts(0, 0, 0), List.of(), List.of());

    /** The most missed calls kept. */
    static final int MAX_MISSED = 100;

    /** Copies the lists. */
    PhoneCalls {
        ringing = List.copyOf(ringing);
        missed = List.copyOf(missed);
        blocked = List.copyOf(blocked);
        recent = List.copyOf(recent);
    }

    /**
     * A call that rings.
     *
     * @param call who calls
     * @param sinceMs when it started to ring
     * @param bellMs when the bell is due
     * @param ignoreKeysUntilMs until when keys do not answer it, because the user was typing when it came
     */
    record IncomingCall(PhoneEvent.Incoming call, long sinceMs, long bellMs, long ignoreKeysUntilMs) {

        /** Returns the caller's name or address. */
        String from() {
            return call.from();
        }

        /** Returns who is calling; says so if it is not known. */
        String caller() {
            return PhoneText.caller(call.from(), call.anonymous());
        }

        /** Returns whether the caller can be blocked. */
        boolean blockable() {
            return call.fingerprint() != null;
        }

        /** Returns whether the caller's fingerprint has changed. */
        boolean hasChanged() {
            return call.knownFingerprint() != null;
        }

        IncomingCall withBell(long newBellMs) {
            return new IncomingCall(call, sinceMs, newBellMs, ignoreKeysUntilMs);
        }
    }

    /**
     * A call being dialed or in progress.
     *
     * @param call the model of its screen
     * @param outgoing whether this side called
     * @param answered whether the other side answered
     */
    record ActiveCall(CallModel call, boolean outgoing, boolean answered) {

        /** Returns whether the call has not been answered yet. */
        boolean isDialing() {
            return outgoing && !answered;
        }

        ActiveCall with(CallModel newCall) {
            return new ActiveCall(newCall, outgoing, answered);
        }
    }

    /**
     * A missed call.
     *
     * @param from the caller's name
     * @param atMs when
     * @param seen whether the user has looked at the recent calls since
     */
    record MissedCall(String from, long atMs, boolean seen) {}

    /**
     * How many calls there were.
     *
     * @param outgoing calls from this side
     * @param answered incoming calls that were answered
     * @param missed incoming calls that were missed
     */
    record CallCounts(int outgoing, int answered, int missed) {

        private CallCounts plus(boolean isOutgoing) {
            return new CallCounts(outgoing + (isOutgoing ? 1 : 0), answered + (isOutgoing ? 0 : 1), missed);
        }
    }

    /** Returns whether a call is being dialed and nobody has answered yet. */
    boolean isDialing() {
        return active != null && active.isDialing();
    }

    /** Returns the number of missed calls that the user has not seen. */
    int unseen() {
        return (int) missed.stream().filter(call -> !call.seen()).count();
    }

    /** Returns the call that {@code a} answers; null: none rings. */
    @Nullable
    IncomingCall incoming() {
        return ringing.isEmpty() ? null : ringing.get(0);
    }

    /** Returns a copy with one more call that rings. */
    PhoneCalls ringing(IncomingCall incoming) {
        List<IncomingCall> more = new ArrayList<>(ringing);
        more.add(incoming);
        return withRinging(more);
    }

    /** Returns a copy in which the first call from {@code from} no longer rings. */
    PhoneCalls notRinging(String from) {
        List<IncomingCall> fewer = new ArrayList<>(ringing);
        fewer.stream().filter(call -> call.from().equals(from)).findFirst().ifPresent(fewer::remove);
        return withRinging(fewer);
    }

    /** Returns a copy in which the bell of the first call that rings is due at {@code bellMs}. */
    PhoneCalls withBell(long bellMs) {
        List<IncomingCall> changed = new ArrayList<>(ringing);
        changed.set(0, changed.get(0).withBell(bellMs));
        return withRinging(changed);
    }

    private PhoneCalls withRinging(List<IncomingCall> newRinging) {
        return new PhoneCalls(newRinging, active, lastCall, missed, counts, blocked, recent);
    }

    /** Returns a copy with a new active call. */
    PhoneCalls started(CallModel call, boolean outgoing) {
        return new PhoneCalls(
                ringing, new ActiveCall(call, outgoing, false), "", missed, counts.plus(outgoing), blocked, recent);
    }

    /** Returns a copy with a newer state of the active call. */
    PhoneCalls with(ActiveCall newActive) {
        return new PhoneCalls(ringing, newActive, lastCall, missed, counts, blocked, recent);
    }

    /** Returns a copy with other blocked callers. */
    PhoneCalls blocking(List<PhoneEvent.BlockedPeer> peers) {
        return new PhoneCalls(ringing, active, lastCall, missed, counts, peers, recent);
    }

    /** Returns a copy without an active call. */
    PhoneCalls ended(String summary) {
        return new PhoneCalls(ringing, null, summary, missed, counts, blocked, recent);
    }

    /** Returns a copy with a line about another call that is over. */
    PhoneCalls lastly(String line) {
        return new PhoneCalls(ringing, active, line, missed, counts, blocked, recent);
    }

    /** Returns a copy with one more missed call. */
    PhoneCalls missed(String from, long atMs) {
        List<MissedCall> more = new ArrayList<>(missed.subList(0, Math.min(missed.size(), MAX_MISSED - 1)));
        more.add(0, new MissedCall(from, atMs, false));
        CallCounts oneMore = new CallCounts(counts.outgoing(), counts.answered(), counts.missed() + 1);
        return new PhoneCalls(ringing, active, lastCall, more, oneMore, blocked, recent);
    }

    /** Returns a copy with the calls that an earlier run missed, the newest first, after those of this one. */
    PhoneCalls missedEarlier(List<PhoneEvent.Missed> earlier) {
        List<MissedCall> more = new ArrayList<>(missed);
        earlier.stream()
                .limit(Math.max(0, MAX_MISSED - more.size()))
                .forEach(call -> more.add(new MissedCall(call.from(), call.atMs(), false)));
        return new PhoneCalls(ringing, active, lastCall, more, counts, blocked, recent);
    }

    /** Returns a copy with other recent calls. */
    PhoneCalls recent(List<RecentRow> rows) {
        return new PhoneCalls(ringing, active, lastCall, missed, counts, blocked, rows);
    }

    /** Returns a copy in which the user has seen all missed calls. */
    PhoneCalls allSeen() {
        List<MissedCall> seen = missed.stream()
                .map(call -> new MissedCall(call.from(), call.atMs(), true))
                .toList();
        return new PhoneCalls(ringing, active, lastCall, seen, counts, blocked, recent);
    }
}
