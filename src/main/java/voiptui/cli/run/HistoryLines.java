package voiptui.cli.run;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.history.CallHistory;
import voiptui.history.CallRecord;
import voiptui.history.CallTracker;
import voiptui.identity.FileProblem;
import voiptui.report.EventLines;
import voiptui.report.Printable;
import voiptui.time.NanoClock;

/**
 * Keeps calls in the history, and reports which ones were missed before the phone started. Waits for the disk: used by the thread of
 * its {@link EventLines} only.
 */
public final class HistoryLines {

    /** The most calls that are reported as missed earlier. */
    private static final int MAX_MISSED = 100;

    private final CallHistory history;
    private final InstantSource wallClock;
    private final ZoneId zone;
    private final CallTracker tracker;
    /** Null: everything was kept. */
    private volatile @Nullable String problem;

    /**
     * Keeps the calls of one run.
     *
     * @param relay the relay as the user named it
     */
    public HistoryLines(CallHistory history, String relay) {
        this(history, relay, InstantSource.system(), NanoClock.SYSTEM, ZoneId.systemDefault());
    }

    HistoryLines(CallHistory history, String relay, InstantSource wallClock, NanoClock clock, ZoneId zone) {
        this.history = history;
        this.wallClock = wallClock;
        this.zone = zone;
        this.tracker = new CallTracker(relay, clock, zone, this::keep);
    }

    /** Returns what is to be called with each event; {@code bus} takes what was missed earlier. */
    public EventLines.Printer on(EventBus bus) {
        return event -> onEvent(event, bus);
    }

    private void onEvent(Event event, EventBus bus) {
        if (event instanceof PhoneEvent.Ready) {
            reportMissed(bus);
        } else if (event instanceof PhoneEvent.MissedSeen) {
            write(() -> history.addSeen(wallClock.instant().atZone(zone).toOffsetDateTime()));
        }
        tracker.onEvent(event, wallClock.instant());
    }

    private void reportMissed(EventBus bus) {
        try {
            List<PhoneEvent.Missed> missed = history.unseenMissed(MAX_MISSED).stream()
                    .map(call -> new PhoneEvent.Missed(
                            call.peer(), call.at().toInstant().toEpochMilli()))
                    .toList();
            if (!missed.isEmpty()) {
                bus.publish(new PhoneEvent.MissedEarlier(missed));
            }
        } catch (IOException unreadable) {
            problem = FileProblem.of("read", history.file(), unreadable).getMessage();
        }
    }

    private void keep(CallRecord call) {
        write(() -> history.add(call));
    }

    /** Something that waits for the disk. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        try {
            write.run();
        } catch (IOException notWritten) {
            problem = FileProblem.of("write", history.file(), notWritten).getMessage();
        }
    }

    /** Returns what went wrong last, for users, fit for a terminal; empty: everything was kept. Any thread. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem)
                .map(text -> Printable.of("the history is not complete: " + text + "; --no-history keeps none"));
    }
}
