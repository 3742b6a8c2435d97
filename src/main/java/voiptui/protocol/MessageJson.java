package voiptui.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes v2 messages as JSON; {@code protocol.md}, section 3.
 *
 * <p>Each field of a received message is checked: type, length, shape. Invalid input yields an empty result, never an
 * exception. Stateless; any thread.
 */
public final class MessageJson {

    /** The longest JSON of one message, in bytes. */
    public static final int MAX_BYTES = 8_192;

    private MessageJson() {}

    /** Encodes a message. */
    public static byte[] write(ClientMessage message) {
        return bytes(MessageWriter.toJson(message));
    }

    /** Encodes a message. */
    public static byte[] write(RelayMessage message) {
        return bytes(MessageWriter.toJson(message));
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Decodes a client's message; empty if the bytes are none. */
    public static Optional<ClientMessage> readClient(byte[] bytes) {
        return read(bytes, MAX_BYTES, MessageReader::clientMessage);
    }

    /** Decodes a relay's message; empty if the bytes are no known message. */
    public static Optional<RelayMessage> readRelay(byte[] bytes) {
        return read(bytes, MAX_BYTES, MessageReader::relayMessage);
    }

    /** Describes a message for which {@link #readRelay} returned nothing; empty if its type is unknown too. */
    public static Optional<UnreadableMessage> explainRelay(byte[] bytes) {
        return read(
                bytes, MAX_BYTES, fields -> UnreadableMessage.of(fields.json()).orElse(null));
    }

    /** Decodes a JSON object of at most {@code maxBytes}; empty if the bytes are none, or {@code reader} makes nothing of it. */
    static <T> Optional<T> read(byte[] bytes, int maxBytes, Function<JsonFields, @Nullable T> reader) {
        if (bytes.length > maxBytes) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonElement json = JsonParser.parseString(text);
            return json.isJsonObject()
                    ? Optional.ofNullable(reader.apply(new JsonFields(json.getAsJsonObject())))
                    : Optional.empty();
        } catch (CharacterCodingException
                | JsonParseException
                | InvalidMessage
                | IllegalStateException
                | NumberFormatException noMessage) {
            return Optional.empty();
        }
    }
}
