package voiptui.cli.run;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.Subscription.Readings;
import voiptui.history.CallHistory;
import voiptui.history.CallRecord;
import voiptui.history.CallTracker;
import voiptui.identity.FileProblem;
import voiptui.report.EventLines;
import voiptui.report.Printable;
import voiptui.time.NanoClock;

/**
 * Keeps calls in the history; tells a phone which ones were missed before it started, and the latest ones. Waits for the disk: used by the
 * thread of its {@link EventLines} only.
 */
public final class HistoryLines {

    /** The most calls that are reported as missed earlier. */
    private static final int MAX_MISSED = 100;

    /** The most calls that are reported as recent. */
    static final int MAX_RECENT = 100;

    /** Null: calls are not kept, and forgotten with this run. */
    private final @Nullable CallHistory history;

    private final String relay;
    private final InstantSource wallClock;
    private final ZoneId zone;
    private final CallTracker tracker;
    /** The calls of this run, the newest first; used without a history. */
    private final List<CallRecord> ofThisRun = new ArrayList<>();

    private boolean isPhone;
    /** Whether the recent calls are not those that were reported. */
    private boolean changed;
    /** Null: everything was kept. */
    private volatile @Nullable String problem;

    /**
     * Keeps the calls of one run.
     *
     * @param history where; null: nowhere, and only this run's calls are recent
     * @param relay the relay as the user named it
     */
    public HistoryLines(@Nullable CallHistory history, String relay) {
        this(history, relay, InstantSource.system(), NanoClock.SYSTEM, ZoneId.systemDefault());
    }

    HistoryLines(@Nullable CallHistory history, String relay, InstantSource wallClock, NanoClock clock, ZoneId zone) {
        this.history = history;
        this.relay = relay;
        this.wallClock = wallClock;
        this.zone = zone;
        this.tracker = new CallTracker(relay, clock, zone, this::keep);
    }

    /** Returns what is to be called with each event; {@code bus} takes what is reported to a phone. */
    public EventLines.Printer on(EventBus bus) {
        return new EventLines.Printer() {
            @Override
            public Readings readings() {
                return Readings.NONE;
            }

            @Override
            public void onEvent(Event event) {
                HistoryLines.this.onEvent(event, bus);
            }
        };
    }

    private void onEvent(Event event, EventBus bus) {
        if (event instanceof PhoneEvent.Ready) {
            isPhone = true;
            changed = true;
            reportMissed(bus);
        } else if (event instanceof PhoneEvent.MissedSeen && history != null) {
            CallHistory kept = history;
            write(kept, () -> kept.addSeen(wallClock.instant().atZone(zone).toOffsetDateTime()));
        }
        tracker.onEvent(event, wallClock.instant());
        if (isPhone && changed) {
            changed = false;
            reportRecent(bus);
        }
    }

    private void reportMissed(EventBus bus) {
        if (history == null) {
            return;
        }
        try {
            List<PhoneEvent.Missed> missed = history.unseenMissed(MAX_MISSED).stream()
                    .map(call -> new PhoneEvent.Missed(
                            call.peer(), call.at().toInstant().toEpochMilli()))
                    .toList();
            if (!missed.isEmpty()) {
                bus.publish(new PhoneEvent.MissedEarlier(missed));
            }
        } catch (IOException unreadable) {
            onProblem("read", history, unreadable);
        }
    }

    private void reportRecent(EventBus bus) {
        List<CallRecord> calls = ofThisRun;
        if (history != null) {
            try {
                calls = history.read(MAX_RECENT, call -> call.relay().equalsIgnoreCase(relay))
                        .calls();
            } catch (IOException unreadable) {
                onProblem("read", history, unreadable);
                return;
            }
        }
        bus.publish(new PhoneEvent.RecentCalls(
                calls.stream().map(HistoryLines::recent).toList()));
    }

    private static PhoneEvent.RecentCall recent(CallRecord call) {
        return new PhoneEvent.RecentCall(
                call.peer(),
                call.direction() == CallRecord.Direction.OUTGOING,
                call.at().toInstant().toEpochMilli(),
                call.outcome(),
                call.durationMs(),
                call.quality());
    }

    private void keep(CallRecord call) {
        changed = true;
        if (history == null) {
            ofThisRun.add(0, call);
            if (ofThisRun.size() > MAX_RECENT) {
                ofThisRun.remove(MAX_RECENT);
            }
            return;
        }
        CallHistory kept = history;
        write(kept, () -> kept.add(call));
    }

    /** Something that waits for the disk. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private void write(CallHistory to, Write write) {
        try {
            write.run();
        } catch (IOException notWritten) {
            onProblem("write", to, notWritten);
        }
    }

    private void onProblem(String action, CallHistory with, IOException cause) {
        problem = FileProblem.of(action, with.file(), cause).getMessage();
    }

    /** Returns what went wrong last, for users, fit for a terminal; empty: everything was kept. Any thread. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem)
                .map(text -> Printable.of("the history is not complete: " + text + "; --no-history keeps none"));
    }
}
