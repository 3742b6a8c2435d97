package voiptui.report;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.Event;

/**
 * Formats events as JSON Lines: {@code event} with the name, {@code time} in UTC, then the event's fields in {@code
 * snake_case}, with numbers rounded to three decimals. What would control or confuse a terminal is escaped, so that a line can
 * be printed.
 */
public final class EventJson {

    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .serializeNulls()
            .disableHtmlEscaping()
            .registerTypeAdapter(double.class, rounded())
            .registerTypeAdapter(Double.class, rounded())
            .registerTypeHierarchyAdapter(Throwable.class, (JsonSerializer<Throwable>)
                    (problem, type, context) -> new JsonPrimitive(problem.toString()))
            .create();

    private EventJson() {}

    private static JsonSerializer<Double> rounded() {
        return (number, type, context) -> new JsonPrimitive(Math.round(number * 1000) / 1000.0);
    }

    /** Formats an event as one line, without a line terminator. */
    public static String line(Event event, Instant at) {
        JsonObject line = begin(event.eventName(), at);
        for (Map.Entry<String, JsonElement> field :
                GSON.toJsonTree(event).getAsJsonObject().entrySet()) {
            line.add(field.getKey(), field.getValue());
        }
        return text(line);
    }

    /** Formats a line that is not an event of ours, such as a log message of a library. */
    public static String line(String name, Instant at, Map<String, ? extends @Nullable Object> fields) {
        JsonObject line = begin(name, at);
        fields.forEach((key, value) -> line.add(key, GSON.toJsonTree(value)));
        return text(line);
    }

    private static JsonObject begin(String name, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("event", name);
        line.addProperty("time", at.truncatedTo(ChronoUnit.MILLIS).toString());
        return line;
    }

    /** Formats any value as JSON on one line, in the same style. */
    public static String of(Object value) {
        return text(GSON.toJsonTree(value));
    }

    /** Formats JSON on one line. Only texts have characters beyond ASCII, where an escape means the same (RFC 8259, section 7). */
    private static String text(JsonElement json) {
        String raw = GSON.toJson(json);
        if (raw.chars().allMatch(Printable::isPlain)) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length() + 20);
        raw.chars().forEach(c -> {
            if (Printable.isPlain(c)) {
                text.append((char) c);
            } else {
                text.append(String.format("\\u%04x", c));
            }
        });
        return text.toString();
    }
}
