package voiptui.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallOutcome;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;

/** The lines of the history as JSON (RFC 8259), one object each: a call, or when missed calls were seen. Stateless; any thread. */
public final class CallRecordJson {

    /** Longer lines are not read, in characters. */
    static final int MAX_LINE = 4096;

    private static final String SEEN = "seen";

    /**
     * A line: one of the two is null.
     *
     * @param call a call that is over
     * @param seen until when the user has seen missed calls
     */
    record Line(@Nullable CallRecord call, @Nullable OffsetDateTime seen) {}

    private CallRecordJson() {}

    /** Formats a call as one line, without a line terminator. */
    public static String of(CallRecord call) {
        JsonObject line = new JsonObject();
        line.addProperty("at", call.at().truncatedTo(ChronoUnit.MILLIS).toString());
        line.addProperty("direction", call.direction().name());
        line.addProperty("peer", call.peer());
        line.addProperty("fingerprint", call.fingerprint());
        line.addProperty("outcome", call.outcome().name());
        line.addProperty("reason", nameOf(call.reason()));
        line.addProperty("duration_ms", call.durationMs());
        line.addProperty("quality", nameOf(call.quality()));
        line.addProperty("encryption", nameOf(call.encryption()));
        line.addProperty("verified", call.verified());
        line.addProperty("relay", call.relay());
        return line.toString();
    }

    private static @Nullable String nameOf(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    /** Formats that missed calls were seen, as one line without a line terminator. */
    static String ofSeen(OffsetDateTime at) {
        JsonObject line = new JsonObject();
        line.addProperty(SEEN, at.truncatedTo(ChronoUnit.MILLIS).toString());
        return line.toString();
    }

    /** Parses a line; empty: it is damaged. Unknown fields are ignored, and unknown reasons and grades dropped. */
    static Optional<Line> parse(String text) {
        if (text.length() > MAX_LINE) {
            return Optional.empty();
        }
        try {
            JsonObject line = JsonParser.parseString(text).getAsJsonObject();
            return Optional.of(
                    line.has(SEEN)
                            ? new Line(null, OffsetDateTime.parse(string(line, SEEN)))
                            : new Line(call(line), null));
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static CallRecord call(JsonObject line) {
        return new CallRecord(
                OffsetDateTime.parse(string(line, "at")),
                CallRecord.Direction.valueOf(string(line, "direction")),
                string(line, "peer"),
                optional(line, "fingerprint"),
                CallOutcome.valueOf(string(line, "outcome")),
                constant(EndReason.class, optional(line, "reason")),
                Math.max(0, element(line, "duration_ms").getAsLong()),
                constant(Grade.class, optional(line, "quality")),
                constant(Encryption.class, optional(line, "encryption")),
                line.has("verified") && line.get("verified").getAsBoolean(),
                string(line, "relay"));
    }

    private static JsonElement element(JsonObject line, String name) {
        JsonElement value = line.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static String string(JsonObject line, String name) {
        return element(line, name).getAsString();
    }

    private static @Nullable String optional(JsonObject line, String name) {
        JsonElement value = line.get(name);
        return value == null || value.isJsonNull() ? null : value.getAsString();
    }

    /** Returns the constant of that name; null: there is none, in this version. */
    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }
}
