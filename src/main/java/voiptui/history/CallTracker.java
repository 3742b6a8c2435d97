package voiptui.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.VoiceEvent;
import voiptui.history.CallRecord.Direction;
import voiptui.time.NanoClock;

/**
 * Makes a record of each call from the events of a call or a phone. A call that is made again, after a restart of the relay or with
 * the classic protocol, stays one call; with {@code --stay}, each time that the other side hangs up ends one. Calls of blocked callers
 * are left out, and so are those that another phone of the same name answered.
 *
 * <p>Passive. Owned by the thread that passes the events.
 */
public final class CallTracker {

    /** A call that rings here. */
    private record Ringing(OffsetDateTime at, @Nullable String fingerprint, boolean verified) {}

    /** A call in progress. */
    private static final class Active {
        final OffsetDateTime at;
        final String peer;
        final Direction direction;
        boolean answered;
        long answeredNs;

        @Nullable
        String fingerprint;

        final GradeTimes grades = new GradeTimes();

        Active(OffsetDateTime at, String peer, Direction direction) {
            this.at = at;
            this.peer = peer;
            this.direction = direction;
        }
    }

    private final String relay;
    private final NanoClock clock;
    private final ZoneId zone;
    private final Consumer<CallRecord> records;
    /** By caller. */
    private final Map<String, Ringing> ringing = new HashMap<>();
    /** Null: no call. */
    private @Nullable Active active;

    private CallEvent.@Nullable EncryptionChanged encryption;

    /**
     * Creates a tracker without calls.
     *
     * @param relay the relay as the user named it
     * @param clock measures how long calls last
     * @param zone the time zone of the records
     * @param records takes each call when it is over
     */
    public CallTracker(String relay, NanoClock clock, ZoneId zone, Consumer<CallRecord> records) {
        this.relay = relay;
        this.clock = clock;
        this.zone = zone;
        this.records = records;
    }

    /**
     * Handles an event.
     *
     * @param at the present time
     */
    public void onEvent(Event event, Instant at) {
        OffsetDateTime now = at.atZone(zone).toOffsetDateTime();
        if (event instanceof PhoneEvent phoneEvent) {
            onPhoneEvent(phoneEvent, now);
        } else if (event instanceof CallEvent callEvent) {
            onCallEvent(callEvent, now);
        } else if (event instanceof VoiceEvent.QualityChanged changed && active != null) {
            active.grades.onChange(changed.direction(), changed.grade(), clock.nanoTime());
        }
    }

    private void onPhoneEvent(PhoneEvent event, OffsetDateTime now) {
        if (event instanceof PhoneEvent.Incoming call) {
            ringing.put(call.from(), new Ringing(now, call.fingerprint(), call.verified()));
        } else if (event instanceof PhoneEvent.RingingEnded ended) {
            onRingingEnded(ended, now);
        } else if (event instanceof PhoneEvent.Missed missed) {
            Ringing rang = ringing.remove(missed.from());
            OffsetDateTime when =
                    Instant.ofEpochMilli(missed.atMs()).atZone(zone).toOffsetDateTime();
            records.accept(notAnswered(
                    missed.from(), rang == null ? new Ringing(when, null, false) : rang, CallOutcome.MISSED));
        } else if (event instanceof PhoneEvent.CallRefused refused) {
            records.accept(notAnswered(refused.from(), new Ringing(now, null, false), CallOutcome.REJECTED));
        } else if (event instanceof PhoneEvent.UnencryptedRefused refused) {
            records.accept(notAnswered(refused.from(), new Ringing(now, null, false), CallOutcome.REJECTED));
        } else if (event instanceof PhoneEvent.ChangedPeerRefused refused) {
            records.accept(
                    notAnswered(refused.from(), new Ringing(now, refused.fingerprint(), false), CallOutcome.REJECTED));
        } else if (event instanceof PhoneEvent.CallStarted started) {
            Ringing rang = ringing.remove(started.peer());
            begin(now, started.peer(), started.outgoing() ? Direction.OUTGOING : Direction.INCOMING);
            if (active != null && rang != null) {
                active.fingerprint = rang.fingerprint();
            }
        }
    }

    private void onRingingEnded(PhoneEvent.RingingEnded ended, OffsetDateTime now) {
        // The event that follows tells more of an answered or missed call.
        if (ended.answered() || ended.missed()) {
            return;
        }
        Ringing rang = ringing.remove(ended.from());
        if (ended.rejected()) {
            records.accept(notAnswered(
                    ended.from(), rang == null ? new Ringing(now, null, false) : rang, CallOutcome.REJECTED));
        }
    }

    private CallRecord notAnswered(String from, Ringing rang, CallOutcome outcome) {
        return new CallRecord(
                rang.at(),
                Direction.INCOMING,
                from,
                rang.fingerprint(),
                outcome,
                null,
                0,
                null,
                null,
                rang.verified(),
                relay);
    }

    private void begin(OffsetDateTime now, String peer, Direction direction) {
        active = new Active(now, peer, direction);
        encryption = null;
    }

    private void onCallEvent(CallEvent event, OffsetDateTime now) {
        if (event instanceof CallEvent.Calling calling) {
            if (active == null) {
                begin(now, calling.target(), Direction.OUTGOING);
            }
        } else if (event instanceof CallEvent.EncryptionChanged changed) {
            encryption = changed;
        } else if (event instanceof CallEvent.StateChanged changed) {
            onState(changed, now);
        } else if (event instanceof CallEvent.Summary summary) {
            end(summary.reason());
        }
    }

    private void onState(CallEvent.StateChanged changed, OffsetDateTime now) {
        Active call = active;
        if (call == null) {
            return;
        }
        if (changed.state() == CallState.IN_CALL && !call.answered) {
            call.answered = true;
            call.answeredNs = clock.nanoTime();
        } else if (changed.state() == CallState.WAITING && changed.detail().equals(EndReason.PEER_LEFT.text())) {
            end(EndReason.PEER_LEFT);
            begin(now, call.peer, call.direction);
        }
    }

    private void end(EndReason reason) {
        Active call = active;
        active = null;
        if (call == null) {
            return;
        }
        CallEvent.EncryptionChanged last = encryption;
        Encryption lastEncryption = last == null ? null : last.encryption();
        String fingerprint = last == null ? null : last.peerFingerprint();
        records.accept(new CallRecord(
                call.at,
                call.direction,
                call.peer,
                fingerprint == null ? call.fingerprint : fingerprint,
                call.answered ? CallOutcome.ANSWERED : outcomeOf(reason),
                reason,
                call.answered ? (clock.nanoTime() - call.answeredNs) / NanoClock.NS_PER_MS : 0,
                call.grades.ofCall(clock.nanoTime()),
                lastEncryption,
                last != null && last.verified(),
                relay));
    }

    private static CallOutcome outcomeOf(EndReason reason) {
        return switch (reason) {
            case REJECTED -> CallOutcome.REJECTED;
            case BUSY -> CallOutcome.BUSY;
            case NO_ANSWER -> CallOutcome.NO_ANSWER;
            case QUIT, INTERRUPTED, DURATION -> CallOutcome.CANCELLED;
            default -> CallOutcome.FAILED;
        };
    }
}
