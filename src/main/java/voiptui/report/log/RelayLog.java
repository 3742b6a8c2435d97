package voiptui.report.log;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import voiptui.event.Event;
import voiptui.event.RelayEvent;
import voiptui.report.EventJson;
import voiptui.report.EventLines;

/**
 * Writes a relay's log: one line per fact, as {@code time LEVEL event key=value …} or as JSON Lines, and log messages of
 * libraries in the same format. Readings are not logged. Owned by the printing thread; libraries log from any thread.
 */
public final class RelayLog implements EventLines.Printer {

    /** Fields that a text line starts with. */
    private static final Set<String> HEAD = Set.of("event", "time", "level");

    private final PrintStream out;
    private final InstantSource clock;
    private final boolean json;
    private final LogLevel level;

    /**
     * Creates a log.
     *
     * @param out the destination; usually standard error
     * @param clock for the time in each line, in UTC
     * @param json whether to write JSON Lines
     * @param level how much to log
     */
    public RelayLog(PrintStream out, InstantSource clock, boolean json, LogLevel level) {
        this.out = out;
        this.clock = clock;
        this.json = json;
        this.level = level;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof RelayEvent relayEvent && !event.isReading() && level.includes(levelOf(relayEvent))) {
            Instant now = clock.instant();
            String line = EventJson.line(event, now);
            write(json ? line : text(now, levelOf(relayEvent).name(), line));
        }
    }

    private static LogLevel levelOf(RelayEvent event) {
        if (event.isRoutine()) {
            return LogLevel.DEBUG;
        }
        return event instanceof RelayEvent.Refused
                        || event instanceof RelayEvent.SignInRefused
                        || event instanceof RelayEvent.SenderLimited
                        || event instanceof RelayEvent.ClientExpelled
                        || event instanceof RelayEvent.Suppressed
                        || event instanceof RelayEvent.Warning
                ? LogLevel.WARN
                : LogLevel.INFO;
    }

    /** Formats a JSON line as text, so that the fields of every event are listed only once. */
    private static String text(Instant at, String level, String jsonLine) {
        JsonObject line = JsonParser.parseString(jsonLine).getAsJsonObject();
        StringBuilder text = new StringBuilder(at.truncatedTo(ChronoUnit.MILLIS) + " " + level + " "
                + line.get("event").getAsString());
        line.entrySet().stream()
                .filter(field -> !HEAD.contains(field.getKey()))
                .forEach(field -> append(text, field.getKey(), field.getValue()));
        return text.toString();
    }

    private static void append(StringBuilder text, String key, JsonElement value) {
        if (value.isJsonObject()) {
            value.getAsJsonObject().entrySet().stream()
                    .filter(entry -> !entry.getValue().getAsString().equals("0"))
                    .forEach(entry -> append(text, entry.getKey(), entry.getValue()));
            return;
        }
        String shown = value.isJsonNull() ? "" : value.getAsString();
        boolean plain = !shown.isEmpty() && shown.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=');
        text.append(' ').append(key).append('=').append(plain ? shown : EventJson.of(shown));
    }

    private void write(String line) {
        out.println(line);
    }

    /** Redirects messages of {@code java.util.logging} to this log: warnings and errors; at level DEBUG, information too. */
    public void takeLibraryLogs() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(
                switch (level) {
                    case ERROR -> Level.SEVERE;
                    case WARN, INFO -> Level.WARNING;
                    case DEBUG -> Level.INFO;
                });
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                writeLibraryLine(entry);
            }

            @Override
            public void flush() {
                out.flush();
            }

            @Override
            public void close() {
                // The caller owns the stream.
            }
        });
    }

    private void writeLibraryLine(LogRecord entry) {
        Instant now = clock.instant();
        String entryLevel = entry.getLevel().intValue() >= Level.WARNING.intValue() ? "WARN" : "INFO";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", entryLevel);
        fields.put("logger", String.valueOf(entry.getLoggerName()));
        fields.put("message", String.valueOf(entry.getMessage()));
        if (entry.getThrown() != null) {
            fields.put("problem", entry.getThrown().toString());
        }
        write(json ? EventJson.line("log", now, fields) : text(now, entryLevel, EventJson.line("log", now, fields)));
    }
}
