package voiptui.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;

/** Turns v2 messages into JSON objects; {@code protocol.md}, section 3. Stateless; any thread. */
final class MessageWriter {

    private MessageWriter() {}

    /** Returns a message as JSON. */
    static JsonObject toJson(ClientMessage message) {
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
                    hello.answers(),
                    "features",
                    features(hello.features()),
                    "received",
                    received(hello.received()),
                    "heartbeatMs",
                    hello.heartbeatMs() == 0 ? null : hello.heartbeatMs());
        } else if (message instanceof ClientMessage.Prove prove) {
            return object("prove", "fingerprint", prove.fingerprint());
        } else if (message instanceof ClientMessage.Ping ping) {
            return object("ping", "id", ping.id(), "received", received(ping.received()));
        } else if (message instanceof ClientMessage.Watch) {
            return object("watch");
        } else if (message instanceof ClientMessage.Call call) {
            return object(
                    "call",
                    "call",
                    call.call(),
                    "to",
                    call.to(),
                    "codecs",
                    codecs(call.offer()),
                    "features",
                    features(call.offer().features()),
                    "fingerprint",
                    call.offer().fingerprint());
        } else if (message instanceof ClientMessage.Accept accept) {
            return object(
                    "accept",
                    "call",
                    accept.call(),
                    "codecs",
                    codecs(accept.offer()),
                    "features",
                    features(accept.offer().features()),
                    "fingerprint",
                    accept.offer().fingerprint());
        } else if (message instanceof ClientMessage.Reject reject) {
            return object("reject", "call", reject.call(), "why", reject.why());
        } else if (message instanceof ClientMessage.Hangup hangup) {
            return object("hangup", "call", hangup.call(), "why", hangup.why());
        } else if (message instanceof ClientMessage.Rejoin rejoin) {
            return object(
                    "rejoin",
                    "call",
                    rejoin.call(),
                    "peer",
                    rejoin.peer(),
                    "codec",
                    rejoin.format().codec().wire(),
                    "packets",
                    rejoin.format().packets().wire(),
                    "features",
                    features(rejoin.format().features()),
                    "fingerprint",
                    rejoin.fingerprint());
        } else if (message instanceof ClientMessage.Media media) {
            return object("media", "via", media.via(), "after", media.after());
        }
        if (message instanceof ClientMessage.Unsupported) {
            throw new IllegalArgumentException("not a message to send: " + message);
        }
        return object("bye");
    }

    /** Returns a message as JSON. */
    static JsonObject toJson(RelayMessage message) {
        if (message instanceof RelayMessage.Welcome welcome) {
            return object(
                    "welcome",
                    "name",
                    welcome.name(),
                    "resumed",
                    welcome.resumed(),
                    "udpHost",
                    welcome.udp().host(),
                    "udpPort",
                    welcome.udpPort(),
                    "udpSession",
                    welcome.udpSession(),
                    "udpKey",
                    welcome.udpKey(),
                    "seenAs",
                    welcome.seenAs(),
                    "heartbeatMs",
                    welcome.heartbeatMs(),
                    "features",
                    features(welcome.features()));
        } else if (message instanceof RelayMessage.Error error) {
            boolean version = error.code() == RefusalCode.BAD_VERSION;
            return object(
                    "error",
                    "code",
                    error.code().wire(),
                    "text",
                    error.text(),
                    "operator",
                    error.operator() == null ? null : error.operator().wire(),
                    "to",
                    error.to(),
                    "minVersion",
                    version ? ClientMessage.OLDEST_VERSION : null,
                    "maxVersion",
                    version ? ClientMessage.VERSION : null);
        } else if (message instanceof RelayMessage.Unsupported unsupported) {
            return object("unsupported", "field", unsupported.field(), "value", unsupported.value());
        } else if (message instanceof RelayMessage.Proof proof) {
            JsonArray list = new JsonArray();
            proof.statements().forEach(list::add);
            return object("proof", "statements", list, "voucher", proof.voucher());
        } else if (message instanceof RelayMessage.Draining draining) {
            return object("draining", "to", draining.to(), "withinMs", draining.withinMs());
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
                    "incoming",
                    "call",
                    incoming.call(),
                    "from",
                    incoming.from(),
                    "codecs",
                    codecs(incoming.offer()),
                    "features",
                    features(incoming.offer().features()),
                    "fingerprint",
                    incoming.fingerprint());
        } else if (message instanceof RelayMessage.Connected connected) {
            return object(
                    "connected",
                    "call",
                    connected.call(),
                    "peer",
                    connected.peer(),
                    "codec",
                    connected.format().codec().wire(),
                    "packets",
                    connected.format().packets().wire(),
                    "features",
                    features(connected.format().features()),
                    "replaces",
                    connected.replaces(),
                    "fingerprint",
                    connected.fingerprint());
        } else if (message instanceof RelayMessage.Legs legs) {
            return object("legs", "call", legs.call(), "own", toJson(legs.own()), "peer", toJson(legs.peer()));
        } else if (message instanceof RelayMessage.Ended ended) {
            return object(
                    "ended", "call", ended.call(), "reason", ended.reason().wire(), "why", ended.why());
        }
        RelayMessage.Missed missed = (RelayMessage.Missed) message;
        return object("missed", "from", missed.from(), "atMs", missed.atMs(), "fingerprint", missed.fingerprint());
    }

    private static JsonObject toJson(RelayMessage.Contact contact) {
        JsonObject json = new JsonObject();
        json.addProperty("name", contact.name());
        json.addProperty("online", contact.online());
        json.addProperty("busy", contact.busy());
        json.addProperty("lastSeenMs", contact.lastSeenMs());
        return json;
    }

    private static JsonObject toJson(RelayMessage.Leg leg) {
        JsonObject json = new JsonObject();
        json.addProperty("expected", leg.expected());
        json.addProperty("lost", leg.lost());
        json.addProperty("jitterUs", leg.jitterUs());
        if (leg.forwarded() >= 0) {
            json.addProperty("forwarded", leg.forwarded());
            json.addProperty("forwardedLost", leg.forwardedLost());
        }
        return json;
    }

    /** Returns a count; null for 0, which is the same as no field. */
    private static @Nullable Long received(long count) {
        return count == 0 ? null : count;
    }

    private static JsonArray codecs(MediaOffer offer) {
        JsonArray list = new JsonArray();
        offer.codecs().forEach(codec -> list.add(codec.wire()));
        return list;
    }

    /** Returns the names of the features; null for none, which is the same as no field. */
    private static @Nullable JsonArray features(MediaFeatures features) {
        if (features.isEmpty()) {
            return null;
        }
        JsonArray list = new JsonArray();
        features.names().forEach(list::add);
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
}
