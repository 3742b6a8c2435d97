package voiptui.protocol;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the messages between relays as JSON; {@code protocol.md}, section 7. What is invalid, unknown or too long yields an
 * empty result, never an exception; unknown fields are ignored. Stateless; any thread.
 */
public final class ClusterJson {

    /** The longest message, in bytes: a client's with what is around it. */
    public static final int MAX_BYTES = 2 * MessageJson.MAX_BYTES;

    private static final int MAX_NUMBER = Integer.MAX_VALUE;
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern PROGRAM = Pattern.compile("[ -~]{0,40}");
    private static final Pattern INSTANCE = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CALL = Pattern.compile("[0-9a-f]{32}");

    private ClusterJson() {}

    /** Encodes a message. */
    public static byte[] write(ClusterMessage message) {
        JsonObject json = new JsonObject();
        if (message instanceof ClusterMessage.Hello hello) {
            json.addProperty("type", "hello");
            json.addProperty("version", hello.version());
            json.addProperty("relay", hello.relay());
            json.addProperty("program", hello.program());
            json.addProperty("instance", hello.instance());
            json.addProperty("mediaHost", hello.mediaHost());
            json.addProperty("mediaPort", hello.mediaPort());
            json.addProperty("key", hello.key());
            json.addProperty("answer", hello.isAnswer());
        } else if (message instanceof ClusterMessage.Invite invite) {
            json.addProperty("type", "invite");
            json.addProperty("to", invite.to());
            json.addProperty("number", invite.number());
            if (invite.incoming().offer().fingerprint() != null) {
                json.addProperty("offered", invite.incoming().offer().fingerprint());
            }
            json.add("message", MessageWriter.toJson(invite.incoming()));
        } else if (message instanceof ClusterMessage.Answer answer) {
            putClient(json, "answer", answer.number(), answer.name(), answer.fingerprint(), answer.accept());
        } else if (message instanceof ClusterMessage.Rejoin rejoin) {
            putClient(json, "rejoin", rejoin.number(), rejoin.name(), rejoin.fingerprint(), rejoin.rejoin());
        } else if (message instanceof ClusterMessage.Vouch vouch) {
            json.addProperty("type", "vouch");
            json.addProperty("statement", vouch.statement());
        } else if (message instanceof ClusterMessage.Told told) {
            json.addProperty("type", "told");
            json.add("message", MessageWriter.toJson(told.message()));
        } else if (message instanceof ClusterMessage.Check check) {
            json.addProperty("type", "check");
            json.addProperty("call", check.call());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void putClient(
            JsonObject json, String type, int number, String name, String fingerprint, ClientMessage message) {
        json.addProperty("type", type);
        json.addProperty("number", number);
        json.addProperty("name", name);
        json.addProperty("fingerprint", fingerprint);
        json.add("message", MessageWriter.toJson(message));
    }

    /** Decodes a message; empty if the bytes are no known message. */
    public static Optional<ClusterMessage> read(byte[] bytes) {
        return MessageJson.read(bytes, MAX_BYTES, ClusterJson::message);
    }

    private static @Nullable ClusterMessage message(JsonFields fields) {
        return switch (fields.text("type", JsonFields.MAX_TEXT)) {
            case "hello" ->
                new ClusterMessage.Hello(
                        (int) fields.number("version", 1, Integer.MAX_VALUE),
                        fields.shaped("relay", FINGERPRINT),
                        fields.shaped("program", PROGRAM),
                        fields.shaped("instance", INSTANCE),
                        fields.text("mediaHost", 60),
                        (int) fields.number("mediaPort", 1, 65_535),
                        fields.shaped("key", KEY),
                        fields.flag("answer"));
            case "invite" ->
                MessageReader.relayMessage(fields.object("message")) instanceof RelayMessage.Incoming incoming
                                && isName(incoming.from())
                        ? new ClusterMessage.Invite(name(fields, "to"), number(fields), withOffered(fields, incoming))
                        : null;
            case "answer" ->
                MessageReader.clientMessage(fields.object("message")) instanceof ClientMessage.Accept accept
                        ? new ClusterMessage.Answer(
                                number(fields), name(fields, "name"), fields.shaped("fingerprint", FINGERPRINT), accept)
                        : null;
            case "rejoin" ->
                MessageReader.clientMessage(fields.object("message")) instanceof ClientMessage.Rejoin rejoin
                        ? new ClusterMessage.Rejoin(
                                number(fields), name(fields, "name"), fields.shaped("fingerprint", FINGERPRINT), rejoin)
                        : null;
            case "vouch" -> new ClusterMessage.Vouch(fields.text("statement", MessageReader.MAX_STATEMENT));
            case "told" -> told(MessageReader.relayMessage(fields.object("message")));
            case "check" -> new ClusterMessage.Check(fields.shaped("call", CALL));
            default -> null;
        };
    }

    private static boolean isName(String text) {
        return ClientName.parse(text).filter(text::equals).isPresent();
    }

    /** Adds what a phone is not told: whether the caller offers to encrypt media with its certificate. */
    private static RelayMessage.Incoming withOffered(JsonFields fields, RelayMessage.Incoming incoming) {
        String offered = fields.has("offered") ? fields.shaped("offered", FINGERPRINT) : null;
        return new RelayMessage.Incoming(
                incoming.call(), incoming.from(), incoming.offer().with(offered), incoming.fingerprint());
    }

    private static @Nullable ClusterMessage told(@Nullable RelayMessage message) {
        return message instanceof RelayMessage.Progress
                        || message instanceof RelayMessage.Connected
                        || message instanceof RelayMessage.Ended
                ? new ClusterMessage.Told(message)
                : null;
    }

    private static int number(JsonFields fields) {
        return (int) fields.number("number", 1, MAX_NUMBER);
    }

    private static String name(JsonFields fields, String field) {
        return ClientName.parse(fields.text(field, JsonFields.MAX_TEXT)).orElseThrow(InvalidMessage::new);
    }
}
