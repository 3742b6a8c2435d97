package voiptui.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.PacketFormat;

/**
 * A relay's message of a known type that a client cannot use: a field is wrong, or has a value of a later version.
 *
 * @param type its type
 * @param call the call that it is about; null: none, or not readable either
 * @param problem what is wrong, for people: printable ASCII
 */
public record UnreadableMessage(String type, @Nullable String call, String problem) {

    /** The longest part of an unknown value that is shown. */
    private static final int MAX_SHOWN = 20;

    /** Describes a message that was not read; empty if its type is unknown, as it may be of a later version. */
    static Optional<UnreadableMessage> of(JsonObject json) {
        String type = text(json, "type");
        if (type == null || !MessageReader.isFromRelay(type)) {
            return Optional.empty();
        }
        String call = text(json, "call");
        boolean isCall = call != null && call.matches("[0-9a-f]{32}");
        return Optional.of(new UnreadableMessage(type, isCall ? call : null, problem(type, json)));
    }

    private static String problem(String type, JsonObject json) {
        String codec = text(json, "codec");
        String packets = text(json, "packets");
        if (type.equals("connected")
                && packets != null
                && PacketFormat.of(packets).isEmpty()) {
            return "unknown packets " + quoted(packets);
        } else if (type.equals("connected")
                && codec != null
                && MediaCodec.of(codec).isEmpty()) {
            return "unknown codec " + quoted(codec);
        } else if (type.equals("incoming") && json.has("codecs")) {
            return "no known codec";
        } else if (type.equals("progress") && text(json, "state") != null) {
            return "unknown state " + quoted(String.valueOf(text(json, "state")));
        }
        return "a field is missing or invalid";
    }

    private static String quoted(String value) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return "'" + shown.replaceAll("[^ -~]", "?") + "'";
    }

    private static @Nullable String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : null;
    }
}
