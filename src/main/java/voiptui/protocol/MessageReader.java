package voiptui.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;

/**
 * Builds v2 messages from received fields; {@code protocol.md}, section 3. A field that is missing or wrong raises
 * {@link InvalidMessage}. Stateless; any thread.
 */
final class MessageReader {

    private static final int MAX_CODECS = 8;
    /** The most contacts in a message; half as many long names already exceed {@link MessageJson#MAX_BYTES}. */
    private static final int MAX_CONTACTS = 100;

    private static final int MAX_STATEMENTS = 8;
    /** The longest statement of a relay about another, in characters. */
    static final int MAX_STATEMENT = 1_000;

    private static final Pattern CALL = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern WORD64 = Pattern.compile("[0-9a-f]{16}");
    /** A host name or an IP address. */
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z:][0-9A-Za-z._:%-]{0,199}");

    /** A host and a port; an IPv6 address is in brackets. */
    private static final Pattern PLACE =
            Pattern.compile("[0-9A-Za-z._%-]{1,190}:[0-9]{1,5}|\\[[0-9A-Za-z:._%-]{2,190}]:[0-9]{1,5}");

    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,20}");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    /** What reads a relay's message, by its type. */
    private static final Map<String, Function<JsonFields, RelayMessage>> FROM_RELAY = Map.ofEntries(
            Map.entry("welcome", MessageReader::welcome),
            Map.entry("error", MessageReader::error),
            Map.entry("unsupported", MessageReader::unsupported),
            Map.entry(
                    "proof",
                    fields -> new RelayMessage.Proof(
                            fields.texts("statements", MAX_STATEMENTS),
                            fields.has("voucher") ? fields.text("voucher", MAX_STATEMENT) : null)),
            Map.entry(
                    "draining",
                    fields -> new RelayMessage.Draining(to(fields), fields.number("withinMs", 0, Long.MAX_VALUE))),
            Map.entry("pong", fields -> new RelayMessage.Pong(fields.number("id", 0, Long.MAX_VALUE))),
            Map.entry("contacts", MessageReader::contacts),
            Map.entry("presence", fields -> new RelayMessage.Presence(contact(fields.object("contact")))),
            Map.entry(
                    "progress",
                    fields ->
                            new RelayMessage.Progress(fields.shaped("call", CALL), progress(fields.text("state", 20)))),
            Map.entry("incoming", MessageReader::incoming),
            Map.entry("connected", MessageReader::connected),
            Map.entry("legs", MessageReader::legs),
            Map.entry("ended", MessageReader::ended),
            Map.entry("missed", MessageReader::missed));

    private MessageReader() {}

    /** Returns a client's message; null if its type is unknown. */
    static @Nullable ClientMessage clientMessage(JsonFields fields) {
        String type = fields.text("type", JsonFields.MAX_TEXT);
        return switch (type) {
            case "hello" -> hello(fields);
            case "prove" -> new ClientMessage.Prove(fields.shaped("fingerprint", FINGERPRINT));
            case "ping" -> new ClientMessage.Ping(fields.number("id", 0, Long.MAX_VALUE), received(fields));
            case "watch" -> new ClientMessage.Watch();
            case "call" ->
                new ClientMessage.Call(
                        fields.shaped("call", CALL),
                        fields.text("to", JsonFields.MAX_TEXT),
                        clientOffer(fields).with(fingerprint(fields)));
            case "accept" ->
                new ClientMessage.Accept(
                        fields.shaped("call", CALL), clientOffer(fields).with(fingerprint(fields)));
            case "reject" -> new ClientMessage.Reject(fields.shaped("call", CALL), why(fields));
            case "hangup" -> new ClientMessage.Hangup(fields.shaped("call", CALL), why(fields));
            case "rejoin" -> rejoin(fields);
            case "media" -> media(fields);
            case "bye" -> new ClientMessage.Bye();
            default -> new ClientMessage.Unsupported("type", word(type), null);
        };
    }

    private static ClientMessage hello(JsonFields fields) {
        int version = (int) fields.number("version", 0, Integer.MAX_VALUE);
        return version == ClientMessage.VERSION
                ? new ClientMessage.Hello(
                        version,
                        fields.text("name", JsonFields.MAX_TEXT),
                        fields.shaped("instance", WORD64),
                        fields.flag("answers"),
                        features(fields),
                        received(fields),
                        fields.has("heartbeatMs") ? fields.number("heartbeatMs", 0, Long.MAX_VALUE) : 0)
                : new ClientMessage.Hello(version, "", "", false, MediaFeatures.NONE);
    }

    private static ClientMessage rejoin(JsonFields fields) {
        String call = fields.shaped("call", CALL);
        String peer = fields.text("peer", JsonFields.MAX_TEXT);
        String codec = fields.text("codec", JsonFields.MAX_TEXT);
        String packets = fields.text("packets", JsonFields.MAX_TEXT);
        if (MediaCodec.of(codec).isEmpty()) {
            return new ClientMessage.Unsupported("codec", word(codec), call);
        }
        return PacketFormat.of(packets).isEmpty()
                ? new ClientMessage.Unsupported("packets", word(packets), call)
                : new ClientMessage.Rejoin(call, peer, format(fields), fingerprint(fields));
    }

    private static ClientMessage media(JsonFields fields) {
        String via = fields.text("via", JsonFields.MAX_TEXT);
        long after = fields.number("after", 0, Long.MAX_VALUE);
        return via.equals(ClientMessage.Media.TCP)
                ? new ClientMessage.Media(via, after)
                : new ClientMessage.Unsupported("via", word(via), null);
    }

    /** Returns a value that may be repeated to whoever sent it; empty for any other. */
    private static String word(String value) {
        return WORD.matcher(value).matches() ? value : "";
    }

    /** Returns a relay's message; null if its type is unknown. */
    static @Nullable RelayMessage relayMessage(JsonFields fields) {
        Function<JsonFields, RelayMessage> reader = FROM_RELAY.get(fields.text("type", 20));
        return reader == null ? null : reader.apply(fields);
    }

    /** Returns whether relays send messages of that type, as far as this version knows. */
    static boolean isFromRelay(String type) {
        return FROM_RELAY.containsKey(type);
    }

    private static RelayMessage welcome(JsonFields fields) {
        return new RelayMessage.Welcome(
                fields.text("name", JsonFields.MAX_TEXT),
                fields.flag("resumed"),
                new RelayMessage.Udp(
                        fields.has("udpHost") ? fields.shaped("udpHost", HOST) : null,
                        (int) fields.number("udpPort", 1, 65_535),
                        fields.shaped("udpSession", WORD64),
                        fields.shaped("udpKey", KEY)),
                fields.text("seenAs", JsonFields.MAX_TEXT),
                (int) fields.number("heartbeatMs", 100, 3_600_000),
                features(fields));
    }

    private static RelayMessage error(JsonFields fields) {
        return new RelayMessage.Error(
                RefusalCode.of(fields.text("code", 40)).orElse(RefusalCode.OTHER),
                refusal(fields),
                fields.has("operator")
                        ? OperatorAction.of(fields.text("operator", JsonFields.MAX_TEXT))
                                .orElse(null)
                        : null,
                to(fields));
    }

    private static @Nullable String to(JsonFields fields) {
        return fields.has("to") ? fields.shaped("to", PLACE) : null;
    }

    private static RelayMessage unsupported(JsonFields fields) {
        return new RelayMessage.Unsupported(
                fields.text("field", JsonFields.MAX_TEXT), fields.text("value", JsonFields.MAX_TEXT));
    }

    private static RelayMessage contacts(JsonFields fields) {
        return new RelayMessage.Contacts(
                fields.objects("contacts", MAX_CONTACTS).stream()
                        .map(MessageReader::contact)
                        .toList(),
                fields.flag("more"));
    }

    private static RelayMessage incoming(JsonFields fields) {
        return new RelayMessage.Incoming(
                fields.shaped("call", CALL),
                fields.text("from", JsonFields.MAX_TEXT),
                offer(fields),
                fingerprint(fields));
    }

    private static RelayMessage connected(JsonFields fields) {
        return new RelayMessage.Connected(
                fields.shaped("call", CALL),
                fields.text("peer", JsonFields.MAX_TEXT),
                format(fields),
                fields.has("replaces") ? fields.shaped("replaces", CALL) : null,
                fingerprint(fields));
    }

    private static RelayMessage legs(JsonFields fields) {
        return new RelayMessage.Legs(
                fields.shaped("call", CALL), leg(fields.object("own")), leg(fields.object("peer")));
    }

    private static RelayMessage ended(JsonFields fields) {
        return new RelayMessage.Ended(
                fields.shaped("call", CALL),
                CallEnding.of(fields.text("reason", 40)).orElse(CallEnding.UNKNOWN),
                why(fields));
    }

    private static RelayMessage missed(JsonFields fields) {
        return new RelayMessage.Missed(
                fields.text("from", JsonFields.MAX_TEXT),
                fields.number("atMs", 0, Long.MAX_VALUE),
                fingerprint(fields));
    }

    /** Returns the text of an error, after its code if that is unknown. */
    private static String refusal(JsonFields fields) {
        String code = fields.text("code", 40);
        String text = fields.text("text", JsonFields.MAX_TEXT);
        return RefusalCode.of(code).isPresent() ? text : code + (text.isBlank() ? "" : ": " + text);
    }

    private static RelayMessage.CallProgress progress(String state) {
        return switch (state) {
            case "ringing" -> RelayMessage.CallProgress.RINGING;
            case "waiting" -> RelayMessage.CallProgress.WAITING;
            default -> throw new InvalidMessage();
        };
    }

    /** Returns the number of messages about calls that the client has received; 0 if it does not count. */
    private static long received(JsonFields fields) {
        return fields.has("received") ? fields.number("received", 0, Long.MAX_VALUE) : 0;
    }

    /** Returns the objection of one side to the call, known or not; null if there is none, or nothing that may be repeated. */
    private static @Nullable String why(JsonFields fields) {
        String why = fields.has("why") ? word(fields.text("why", JsonFields.MAX_TEXT)) : "";
        return why.isEmpty() ? null : why;
    }

    private static @Nullable String fingerprint(JsonFields fields) {
        return fields.has("fingerprint") ? fields.shaped("fingerprint", FINGERPRINT) : null;
    }

    private static RelayMessage.Contact contact(JsonFields fields) {
        return new RelayMessage.Contact(
                fields.text("name", JsonFields.MAX_TEXT),
                fields.flag("online"),
                fields.flag("busy"),
                fields.number("lastSeenMs", 0, Long.MAX_VALUE));
    }

    private static RelayMessage.Leg leg(JsonFields fields) {
        boolean isReported = fields.has("forwarded");
        return new RelayMessage.Leg(
                fields.number("expected", 0, Long.MAX_VALUE),
                fields.number("lost", 0, Long.MAX_VALUE),
                fields.number("jitterUs", 0, Long.MAX_VALUE),
                isReported ? fields.number("forwarded", 0, Long.MAX_VALUE) : -1,
                isReported ? fields.number("forwardedLost", 0, Long.MAX_VALUE) : 0);
    }

    private static MediaOffer offer(JsonFields fields) {
        MediaOffer offer = clientOffer(fields);
        if (offer.codecs().isEmpty()) {
            throw new InvalidMessage();
        }
        return offer;
    }

    /** Returns an offer of the known codecs, in their order; none if a client offers only others. */
    private static MediaOffer clientOffer(JsonFields fields) {
        List<String> names = fields.texts("codecs", MAX_CODECS);
        if (names.isEmpty()) {
            throw new InvalidMessage();
        }
        return new MediaOffer(
                names.stream()
                        .flatMap(name -> MediaCodec.of(name).stream())
                        .distinct()
                        .toList(),
                features(fields));
    }

    private static MediaFeatures features(JsonFields fields) {
        return fields.has("features")
                ? new MediaFeatures(fields.texts("features", MediaFeatures.MAX_NAMES))
                : MediaFeatures.NONE;
    }

    private static MediaFormat format(JsonFields fields) {
        return new MediaFormat(
                MediaCodec.of(fields.text("codec", 20)).orElseThrow(InvalidMessage::new),
                PacketFormat.of(fields.text("packets", 20)).orElseThrow(InvalidMessage::new),
                features(fields));
    }
}
