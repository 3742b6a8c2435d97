package voiptui.protocol;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds v2 messages from received fields; {@code protocol.md}, section 3. A field that is missing or wrong raises
 * {@link InvalidMessage}. Stateless; any thread.
 */
final class MessageReader {

    private static final int MAX_CODECS = 8;
    /** The most contacts in a message; half as many long names already exceed {@link MessageJson#MAX_BYTES}. */
    private static final int MAX_CONTACTS = 100;

    private static final Pattern CALL = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern WORD64 = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    private MessageReader() {}

    /** Returns a client's message; null if its type is unknown. */
    static @Nullable ClientMessage clientMessage(JsonFields fields) {
        return switch (fields.text("type", 20)) {
            case "hello" ->
                new ClientMessage.Hello(
                        (int) fields.number("version", 0, 1000),
                        fields.text("name", JsonFields.MAX_TEXT),
                        fields.shaped("instance", WORD64),
                        fields.flag("answers"),
                        features(fields),
                        received(fields));
            case "ping" -> new ClientMessage.Ping(fields.number("id", 0, Long.MAX_VALUE), received(fields));
            case "watch" -> new ClientMessage.Watch();
            case "call" ->
                new ClientMessage.Call(
                        fields.shaped("call", CALL), fields.text("to", JsonFields.MAX_TEXT), offer(fields));
            case "accept" -> new ClientMessage.Accept(fields.shaped("call", CALL), offer(fields));
            case "reject" -> new ClientMessage.Reject(fields.shaped("call", CALL));
            case "hangup" -> new ClientMessage.Hangup(fields.shaped("call", CALL));
            case "rejoin" ->
                new ClientMessage.Rejoin(
                        fields.shaped("call", CALL), fields.text("peer", JsonFields.MAX_TEXT), format(fields));
            case "media" -> new ClientMessage.Media(fields.text("via", 8), fields.number("after", 0, Long.MAX_VALUE));
            case "bye" -> new ClientMessage.Bye();
            default -> null;
        };
    }

    /** Returns a relay's message; null if its type is unknown. */
    static @Nullable RelayMessage relayMessage(JsonFields fields) {
        return switch (fields.text("type", 20)) {
            case "welcome" ->
                new RelayMessage.Welcome(
                        fields.text("name", JsonFields.MAX_TEXT),
                        fields.flag("resumed"),
                        (int) fields.number("udpPort", 1, 65_535),
                        fields.shaped("udpSession", WORD64),
                        fields.shaped("udpKey", KEY),
                        fields.text("seenAs", JsonFields.MAX_TEXT),
                        (int) fields.number("heartbeatMs", 100, 3_600_000));
            case "error" ->
                new RelayMessage.Error(
                        RefusalCode.of(fields.text("code", 40)).orElse(RefusalCode.INTERNAL),
                        fields.text("text", JsonFields.MAX_TEXT));
            case "pong" -> new RelayMessage.Pong(fields.number("id", 0, Long.MAX_VALUE));
            case "contacts" ->
                new RelayMessage.Contacts(
                        fields.objects("contacts", MAX_CONTACTS).stream()
                                .map(MessageReader::contact)
                                .toList(),
                        fields.flag("more"));
            case "presence" -> new RelayMessage.Presence(contact(fields.object("contact")));
            case "progress" ->
                new RelayMessage.Progress(
                        fields.shaped("call", CALL),
                        fields.text("state", 20).equals("ringing")
                                ? RelayMessage.CallProgress.RINGING
                                : RelayMessage.CallProgress.WAITING);
            case "incoming" ->
                new RelayMessage.Incoming(
                        fields.shaped("call", CALL),
                        fields.text("from", JsonFields.MAX_TEXT),
                        offer(fields),
                        fingerprint(fields));
            case "connected" ->
                new RelayMessage.Connected(
                        fields.shaped("call", CALL),
                        fields.text("peer", JsonFields.MAX_TEXT),
                        format(fields),
                        fields.has("replaces") ? fields.shaped("replaces", CALL) : null);
            case "ended" ->
                new RelayMessage.Ended(
                        fields.shaped("call", CALL),
                        CallEnding.of(fields.text("reason", 40)).orElse(CallEnding.UNKNOWN));
            case "missed" ->
                new RelayMessage.Missed(
                        fields.text("from", JsonFields.MAX_TEXT),
                        fields.number("atMs", 0, Long.MAX_VALUE),
                        fingerprint(fields));
            default -> null;
        };
    }

    /** Returns the number of messages about calls that the client has received; 0 if it does not count. */
    private static long received(JsonFields fields) {
        return fields.has("received") ? fields.number("received", 0, Long.MAX_VALUE) : 0;
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

    private static MediaOffer offer(JsonFields fields) {
        return new MediaOffer(codecs(fields), features(fields));
    }

    /** Returns the known codecs, in their order; at least one. */
    private static List<MediaCodec> codecs(JsonFields fields) {
        List<MediaCodec> known = fields.texts("codecs", MAX_CODECS).stream()
                .flatMap(name -> MediaCodec.of(name).stream())
                .distinct()
                .toList();
        if (known.isEmpty()) {
            throw new InvalidMessage();
        }
        return known;
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
