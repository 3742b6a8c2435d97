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
    /** Whether lines go to the system's journal. */
    private final boolean journal;

    private volatile LogLevel level;

    /**
     * Creates a log.
     *
     * @param out the destination; usually standard error
     * @param clock for the time in each line, in UTC
     * @param json whether to write JSON Lines
     * @param level how much to log
     */
    public RelayLog(PrintStream out, InstantSource clock, boolean json, LogLevel level) {
        this(out, clock, json, level, false);
    }

    /**
     * Creates a log.
     *
     * @param journal whether lines go to the system's journal: they begin with a priority (sd-daemon(3)), and those of text have
     *     no time, which the journal has
     */
    public RelayLog(PrintStream out, InstantSource clock, boolean json, LogLevel level, boolean journal) {
        this.journal = journal;
        this.out = out;
        this.clock = clock;
        this.json = json;
        this.level = level;
    }

    /** Logs more or less from now on; what libraries log stays as it is. Any thread. */
    public void use(LogLevel changed) {
        level = changed;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof RelayEvent relayEvent && !event.isReading() && level.includes(levelOf(relayEvent))) {
            Instant now = clock.instant();
            String line = EventJson.line(event, now);
            String levelName = levelOf(relayEvent).name();
            write(levelName, json ? line : text(now, levelName, line));
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
                        || event instanceof RelayEvent.RelayLost
                        || event instanceof RelayEvent.RelayRefused
                        || event instanceof RelayEvent.Warning
                ? LogLevel.WARN
                : LogLevel.INFO;
    }

    /** Formats a JSON line as text, so that the fields of every event are listed only once. */
    private String text(Instant at, String level, String jsonLine) {
        JsonObject line = JsonParser.parseString(jsonLine).getAsJsonObject();
        StringBuilder text = new StringBuilder((journal ? "" : at.truncatedTo(ChronoUnit.MILLIS) + " ") + level + " "
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

    private void write(String levelName, String line) {
        out.println(journal ? "<" + priority(levelName) + ">" + line : line);
    }

    /** Returns the priority of syslog (RFC 5424, section 6.2.1). */
    private static int priority(String levelName) {
        return switch (levelName) {
            case "ERROR" -> 3;
            case "WARN" -> 4;
            case "DEBUG" -> 7;
            default -> 6;
        };
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
        String line = EventJson.line("log", now, fields);
        write(entryLevel, json ? line : text(now, entryLevel, line));
    }
}
