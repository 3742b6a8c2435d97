package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallEvent;

/** Prints lines for users, each with the time of day and safe for a terminal. Owned by the printing thread. */
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

    /** Prints a line; an empty one is ignored. */
    void print(String line) {
        if (!line.isEmpty()) {
            out.println(LocalTime.ofInstant(clock.instant(), zone).format(TIME) + "  " + Printable.of(line));
        }
    }

    /** Prints the devices to choose from. */
    void printDevices(CallEvent.DevicesListed listed) {
        printChoices("microphones (mic DEVICE)", listed.microphones());
        printChoices("speakers (speaker DEVICE)", listed.speakers());
    }

    private void printChoices(String title, List<CallEvent.Choice> choices) {
        print(title + ":");
        for (CallEvent.Choice choice : choices) {
            print("  " + choice.device() + (choice.description().isBlank() ? "" : "  (" + choice.description() + ")"));
        }
    }
}
