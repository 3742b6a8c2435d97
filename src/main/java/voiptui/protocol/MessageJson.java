package voiptui.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
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

    /** The longest text in a message, in characters. */
    private static final int MAX_TEXT = 200;

    private static final int MAX_CODECS = 8;
    /** The most contacts in a message; half as many long names already exceed {@link #MAX_BYTES}. */
    private static final int MAX_CONTACTS = 100;

    private static final Pattern CALL = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern WORD64 = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    private MessageJson() {}

    /** Encodes a message. */
    public static byte[] write(ClientMessage message) {
        return bytes(toJson(message));
    }

    /** Encodes a message. */
    public static byte[] write(RelayMessage message) {
        return bytes(toJson(message));
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject toJson(ClientMessage message) {
        if (message instanceof ClientMessage.Hello hello) {
            return object(
                    "hello",
                    "version",
                    hello.version(),
                    "name",
                    hello.name(),
                    "instance",
                    hello.instance(),
                    "answers",
                    hello.answers());
        } else if (message instanceof ClientMessage.Ping ping) {
            return object("ping", "id", ping.id());
        } else if (message instanceof ClientMessage.Watch) {
            return object("watch");
        } else if (message instanceof ClientMessage.Call call) {
            return object("call", "call", call.call(), "to", call.to(), "codecs", codecs(call.codecs()));
        } else if (message instanceof ClientMessage.Accept accept) {
            return object("accept", "call", accept.call(), "codecs", codecs(accept.codecs()));
        } else if (message instanceof ClientMessage.Reject reject) {
            return object("reject", "call", reject.call());
        } else if (message instanceof ClientMessage.Hangup hangup) {
            return object("hangup", "call", hangup.call());
        } else if (message instanceof ClientMessage.Rejoin rejoin) {
            return object(
                    "rejoin",
                    "call",
                    rejoin.call(),
                    "peer",
                    rejoin.peer(),
                    "codec",
                    rejoin.codec().wire(),
                    "packets",
                    rejoin.packets().wire());
        } else if (message instanceof ClientMessage.Media media) {
            return object("media", "via", media.via(), "after", media.after());
        }
        return object("bye");
    }

    private static JsonObject toJson(RelayMessage message) {
        if (message instanceof RelayMessage.Welcome welcome) {
            return object(
                    "welcome",
                    "name",
                    welcome.name(),
                    "resumed",
                    welcome.resumed(),
                    "udpPort",
                    welcome.udpPort(),
                    "udpSession",
                    welcome.udpSession(),
                    "udpKey",
                    welcome.udpKey(),
                    "seenAs",
                    welcome.seenAs(),
                    "heartbeatMs",
                    welcome.heartbeatMs());
        } else if (message instanceof RelayMessage.Error error) {
            return object("error", "code", error.code().wire(), "text", error.text());
        } else if (message instanceof RelayMessage.Pong pong) {
            return object("pong", "id", pong.id());
        } else if (message instanceof RelayMessage.Contacts contacts) {
            JsonArray list = new JsonArray();
            contacts.contacts().forEach(contact -> list.add(toJson(contact)));
            return object("contacts", "contacts", list, "more", contacts.more());
        } else if (message instanceof RelayMessage.Presence presence) {
            return object("presence", "contact", toJson(presence.contact()));
        } else if (message instanceof RelayMessage.Progress progress) {
            return object("progress", "call", progress.call(), "state", wire(progress.state()));
        } else if (message instanceof RelayMessage.Incoming incoming) {
            return object(
                    "incoming", "call", incoming.call(), "from", incoming.from(), "codecs", codecs(incoming.codecs()));
        } else if (message instanceof RelayMessage.Connected connected) {
            return object(
                    "connected",
                    "call",
                    connected.call(),
                    "peer",
                    connected.peer(),
                    "codec",
                    connected.codec().wire(),
                    "packets",
                    connected.packets().wire(),
                    "replaces",
                    connected.replaces());
        } else if (message instanceof RelayMessage.Ended ended) {
            return object(
                    "ended", "call", ended.call(), "reason", ended.reason().wire());
        }
        RelayMessage.Missed missed = (RelayMessage.Missed) message;
        return object("missed", "from", missed.from(), "atMs", missed.atMs());
    }

    private static JsonObject toJson(RelayMessage.Contact contact) {
        JsonObject json = new JsonObject();
        json.addProperty("name", contact.name());
        json.addProperty("online", contact.online());
        json.addProperty("busy", contact.busy());
        json.addProperty("lastSeenMs", contact.lastSeenMs());
        return json;
    }

    private static JsonArray codecs(List<MediaCodec> codecs) {
        JsonArray list = new JsonArray();
        codecs.forEach(codec -> list.add(codec.wire()));
        return list;
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Builds a message from pairs of name and value; a null value is omitted. */
    private static JsonObject object(String type, @Nullable Object... fields) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            Object value = fields[i + 1];
            if (value != null) {
                json.add(
                        (String) fields[i],
                        value instanceof JsonElement element
                                ? element
                                : value instanceof Number number
                                        ? new JsonPrimitive(number)
                                        : value instanceof Boolean flag
                                                ? new JsonPrimitive(flag)
                                                : new JsonPrimitive((String) value));
            }
        }
        return json;
    }

    /** Decodes a client's message; empty if the bytes are none. */
    public static Optional<ClientMessage> readClient(byte[] bytes) {
        return read(bytes, MessageJson::clientMessage);
    }

    /** Decodes a relay's message; empty if the bytes are no known message. */
    public static Optional<RelayMessage> readRelay(byte[] bytes) {
        return read(bytes, MessageJson::relayMessage);
    }

    private static <T> Optional<T> read(byte[] bytes, Function<Fields, @Nullable T> reader) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonElement json = JsonParser.parseString(text);
            return json.isJsonObject()
                    ? Optional.ofNullable(reader.apply(new Fields(json.getAsJsonObject())))
                    : Optional.empty();
        } catch (CharacterCodingException
                | JsonParseException
                | InvalidMessage
                | IllegalStateException
                | NumberFormatException noMessage) {
            return Optional.empty();
        }
    }

    private static @Nullable ClientMessage clientMessage(Fields fields) {
        return switch (fields.text("type", 20)) {
            case "hello" ->
                new ClientMessage.Hello(
                        (int) fields.number("version", 0, 1000),
                        fields.text("name", MAX_TEXT),
                        fields.shaped("instance", WORD64),
                        fields.flag("answers"));
            case "ping" -> new ClientMessage.Ping(fields.number("id", 0, Long.MAX_VALUE));
            case "watch" -> new ClientMessage.Watch();
            case "call" ->
                new ClientMessage.Call(fields.shaped("call", CALL), fields.text("to", MAX_TEXT), fields.codecs());
            case "accept" -> new ClientMessage.Accept(fields.shaped("call", CALL), fields.codecs());
            case "reject" -> new ClientMessage.Reject(fields.shaped("call", CALL));
            case "hangup" -> new ClientMessage.Hangup(fields.shaped("call", CALL));
            case "rejoin" ->
                new ClientMessage.Rejoin(
                        fields.shaped("call", CALL), fields.text("peer", MAX_TEXT), fields.codec(), fields.packets());
            case "media" -> new ClientMessage.Media(fields.text("via", 8), fields.number("after", 0, Long.MAX_VALUE));
            case "bye" -> new ClientMessage.Bye();
            default -> null;
        };
    }

    private static @Nullable RelayMessage relayMessage(Fields fields) {
        return switch (fields.text("type", 20)) {
            case "welcome" ->
                new RelayMessage.Welcome(
                        fields.text("name", MAX_TEXT),
                        fields.flag("resumed"),
                        (int) fields.number("udpPort", 1, 65_535),
                        fields.shaped("udpSession", WORD64),
                        fields.shaped("udpKey", KEY),
                        fields.text("seenAs", MAX_TEXT),
                        (int) fields.number("heartbeatMs", 100, 3_600_000));
            case "error" ->
                new RelayMessage.Error(
                        RefusalCode.of(fields.text("code", 40)).orElse(RefusalCode.INTERNAL),
                        fields.text("text", MAX_TEXT));
            case "pong" -> new RelayMessage.Pong(fields.number("id", 0, Long.MAX_VALUE));
            case "contacts" -> new RelayMessage.Contacts(fields.contacts(), fields.flag("more"));
            case "presence" -> new RelayMessage.Presence(contact(fields.object("contact")));
            case "progress" ->
                new RelayMessage.Progress(
                        fields.shaped("call", CALL),
                        fields.text("state", 20).equals("ringing")
                                ? RelayMessage.CallProgress.RINGING
                                : RelayMessage.CallProgress.WAITING);
            case "incoming" ->
                new RelayMessage.Incoming(fields.shaped("call", CALL), fields.text("from", MAX_TEXT), fields.codecs());
            case "connected" ->
                new RelayMessage.Connected(
                        fields.shaped("call", CALL),
                        fields.text("peer", MAX_TEXT),
                        fields.codec(),
                        fields.packets(),
                        fields.has("replaces") ? fields.shaped("replaces", CALL) : null);
            case "ended" ->
                new RelayMessage.Ended(
                        fields.shaped("call", CALL),
                        CallEnding.of(fields.text("reason", 40)).orElse(CallEnding.UNKNOWN));
            case "missed" ->
                new RelayMessage.Missed(fields.text("from", MAX_TEXT), fields.number("atMs", 0, Long.MAX_VALUE));
            default -> null;
        };
    }

    private static RelayMessage.Contact contact(Fields fields) {
        return new RelayMessage.Contact(
                fields.text("name", MAX_TEXT),
                fields.flag("online"),
                fields.flag("busy"),
                fields.number("lastSeenMs", 0, Long.MAX_VALUE));
    }

    /** The input is no message. Has no stack trace: bytes from outside raise it. */
    private static final class InvalidMessage extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InvalidMessage() {
            super(null, null, false, false);
        }
    }

    /** The fields of a JSON object; each accessor checks the type. */
    private record Fields(JsonObject json) {

        boolean has(String name) {
            return json.has(name);
        }

        private JsonPrimitive primitive(String name) {
            if (json.get(name) instanceof JsonPrimitive primitive) {
                return primitive;
            }
            throw new InvalidMessage();
        }

        String text(String name, int maxLength) {
            JsonPrimitive value = primitive(name);
            if (value.isString() && value.getAsString().length() <= maxLength) {
                return value.getAsString();
            }
            throw new InvalidMessage();
        }

        String shaped(String name, Pattern shape) {
            String text = text(name, MAX_TEXT);
            if (shape.matcher(text).matches()) {
                return text;
            }
            throw new InvalidMessage();
        }

        long number(String name, long least, long most) {
            JsonPrimitive value = primitive(name);
            if (value.isNumber() && value.getAsString().matches("[0-9]{1,19}")) {
                long number = Long.parseLong(value.getAsString());
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw new InvalidMessage();
        }

        boolean flag(String name) {
            JsonPrimitive value = primitive(name);
            if (value.isBoolean()) {
                return value.getAsBoolean();
            }
            throw new InvalidMessage();
        }

        Fields object(String name) {
            if (json.get(name) instanceof JsonObject object) {
                return new Fields(object);
            }
            throw new InvalidMessage();
        }

        /** Those that are known, in their order; at least one. */
        List<MediaCodec> codecs() {
            List<MediaCodec> known = new ArrayList<>();
            for (JsonElement element : array("codecs", MAX_CODECS)) {
                if (element instanceof JsonPrimitive primitive && primitive.isString()) {
                    MediaCodec.of(primitive.getAsString())
                            .filter(codec -> !known.contains(codec))
                            .ifPresent(known::add);
                } else {
                    throw new InvalidMessage();
                }
            }
            if (known.isEmpty()) {
                throw new InvalidMessage();
            }
            return List.copyOf(known);
        }

        List<RelayMessage.Contact> contacts() {
            List<RelayMessage.Contact> contacts = new ArrayList<>();
            for (JsonElement element : array("contacts", MAX_CONTACTS)) {
                if (element instanceof JsonObject object) {
                    contacts.add(contact(new Fields(object)));
                } else {
                    throw new InvalidMessage();
                }
            }
            return List.copyOf(contacts);
        }

        private JsonArray array(String name, int most) {
            if (json.get(name) instanceof JsonArray array && array.size() <= most) {
                return array;
            }
            throw new InvalidMessage();
        }

        MediaCodec codec() {
            return MediaCodec.of(text("codec", 20)).orElseThrow(InvalidMessage::new);
        }

        PacketFormat packets() {
            return PacketFormat.of(text("packets", 20)).orElseThrow(InvalidMessage::new);
        }
    }
}
