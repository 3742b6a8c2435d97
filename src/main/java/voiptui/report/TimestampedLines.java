package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallEvent;

/** Lines for people, with the time of day in front, fit for a terminal. Owned by its printing thread. */
final class TimestampedLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintStream out;
    private final InstantSource clock;
    private final ZoneId zone;

    TimestampedLines(PrintStream out, InstantSource clock, ZoneId zone) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
    }

    /** Prints a line; nothing for an empty text. */
    void say(String line) {
        if (!line.isEmpty()) {
            out.println(LocalTime.ofInstant(clock.instant(), zone).format(TIME) + "  " + Printable.of(line));
        }
    }

    /** Prints what there is to choose from. */
    void sayDevices(CallEvent.DevicesListed listed) {
        sayChoices("microphones (mic DEVICE)", listed.microphones());
        sayChoices("speakers (speaker DEVICE)", listed.speakers());
    }

    private void sayChoices(String title, List<CallEvent.Choice> choices) {
        say(title + ":");
        for (CallEvent.Choice choice : choices) {
            say("  " + choice.device() + (choice.description().isBlank() ? "" : "  (" + choice.description() + ")"));
        }
    }
}
