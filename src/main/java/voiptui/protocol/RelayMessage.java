package voiptui.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;

/** Message from a relay to a v2 client; {@code protocol.md}, section 3. */
public sealed interface RelayMessage {

    /**
     * Returns whether the message is about a call. The relay keeps such messages until the client is known to have received
     * them; both sides number them from 1 in each session.
     */
    default boolean isAboutCall() {
        return this instanceof Progress
                || this instanceof Incoming
                || this instanceof Connected
                || this instanceof Ended
                || this instanceof Missed;
    }

    /**
     * Confirms that the client is signed in.
     *
     * @param name the client's name
     * @param resumed whether its calls and its UDP session continue
     * @param udp where and how to send media
     * @param seenAs the client's address and port as the relay sees them
     * @param heartbeatMs interval of {@link ClientMessage.Ping}, in milliseconds
     * @param features what the relay can do; see {@code RelayFeature}
     */
    record Welcome(String name, boolean resumed, Udp udp, String seenAs, int heartbeatMs, MediaFeatures features)
            implements RelayMessage {

        /** Creates the message of a relay without features whose media has the address of its control connections. */
        public Welcome(
                String name,
                boolean resumed,
                int udpPort,
                String udpSession,
                String udpKey,
                String seenAs,
                int heartbeatMs) {
            this(name, resumed, new Udp(null, udpPort, udpSession, udpKey), seenAs, heartbeatMs, MediaFeatures.NONE);
        }

        /** Returns the relay's port for media. */
        public int udpPort() {
            return udp.port;
        }

        /** Returns the number of the client's UDP session, 16 hexadecimal digits; see {@link BindDatagram}. */
        public String udpSession() {
            return udp.session;
        }

        /** Returns the key of the client's bind datagrams, 64 hexadecimal digits. */
        public String udpKey() {
            return udp.key;
        }
    }

    /**
     * Where and how a client sends media.
     *
     * @param host the relay's IP address for media; null: that of the control connection
     * @param port the relay's port for media
     * @param session 16 hexadecimal digits; see {@link BindDatagram}
     * @param key 64 hexadecimal digits
     */
    record Udp(@Nullable String host, int port, String session, String key) {}

    /**
     * Refuses the client; the relay then closes the connection.
     *
     * @param text for people, and not trusted
     * @param operator what the relay's operator did that is the reason; null: nothing, or an older relay
     * @param to as in {@link Draining}
     */
    record Error(
            RefusalCode code,
            String text,
            @Nullable OperatorAction operator,
            @Nullable String to) implements RelayMessage {

        /** A refusal that names no other relay. */
        public Error(RefusalCode code, String text, @Nullable OperatorAction operator) {
            this(code, text, operator, null);
        }

        /** A refusal for another reason than the operator. */
        public Error(RefusalCode code, String text) {
            this(code, text, null);
        }
    }

    /**
     * The answer to a message with something that the relay does not know; nothing else was done about it.
     *
     * @param field the field whose value is unknown, such as {@code type}
     * @param value the value; empty if it is nothing to repeat
     */
    record Unsupported(String field, String value) implements RelayMessage {}

    /**
     * The answer to {@link ClientMessage.Prove}.
     *
     * @param statements how the relay's identities followed each other, oldest first; see {@code identity.RelayStatement}. Not checked
     * @param voucher statement of the relay with the fingerprint that was asked for: this one belongs to its cluster; null: none. Not
     *     checked
     */
    record Proof(List<String> statements, @Nullable String voucher) implements RelayMessage {}

    /**
     * Announces that the relay is about to stop: it takes no new calls, and stops when those that there are have ended.
     *
     * @param to another relay, {@code HOST:PORT}, to use instead; null: none. Not trusted: the client's own pins decide
     * @param withinMs the time after which it stops in any case, in milliseconds
     */
    record Draining(@Nullable String to, long withinMs) implements RelayMessage {}

    /** The answer to {@link ClientMessage.Ping}. */
    record Pong(long id) implements RelayMessage {}

    /**
     * A name that the relay knows.
     *
     * @param online whether a client of that name is signed in
     * @param busy whether all its phones are on a call
     * @param lastSeenMs when it was last signed in, in milliseconds since 1970; 0: never
     */
    record Contact(String name, boolean online, boolean busy, long lastSeenMs) {}

    /** The answer to {@link ClientMessage.Watch}; {@code more}: another message continues the list. */
    record Contacts(List<Contact> contacts, boolean more) implements RelayMessage {}

    /** Reports a changed or new contact. */
    record Presence(Contact contact) implements RelayMessage {}

    /** State of an outgoing call before it is answered. */
    enum CallProgress {
        /** The callee is offline. */
        WAITING,
        /** A phone rings. */
        RINGING
    }

    /** Reports the state of an outgoing call. */
    record Progress(String call, CallProgress state) implements RelayMessage {}

    /**
     * Announces an incoming call.
     *
     * @param from the caller's name, or the address of a classic client
     * @param fingerprint the fingerprint of the caller's certificate; null: a classic client, or an older relay
     */
    record Incoming(
            String call,
            String from,
            MediaOffer offer,
            @Nullable String fingerprint) implements RelayMessage {

        /** A call by somebody without a fingerprint. */
        public Incoming(String call, String from, MediaOffer offer) {
            this(call, from, offer, null);
        }
    }

    /**
     * Connects a call: both sides may send media.
     *
     * @param peer name of the peer, or the address of a classic client
     * @param format what both sides can do
     * @param replaces the client's own call to the same peer, which this one replaces; null: none
     * @param fingerprint the fingerprint that the peer announced for the encryption of its media, if it is that of the
     *     peer's certificate; null: not both sides announced one, or an older relay
     */
    record Connected(
            String call,
            String peer,
            MediaFormat format,
            @Nullable String replaces,
            @Nullable String fingerprint) implements RelayMessage {

        /** A call with a peer that announced no fingerprint. */
        public Connected(String call, String peer, MediaFormat format, @Nullable String replaces) {
            this(call, peer, format, replaces, null);
        }
    }

    /**
     * What the relay knows about the way between one client and itself. Counts begin with the call.
     *
     * @param expected packets that the client sent, as far as their numbers tell
     * @param lost how many of them did not reach the relay
     * @param jitterUs their interarrival jitter at the relay, in microseconds
     * @param forwarded packets that the relay had for the client when that reported last; -1: it has not reported
     * @param forwardedLost how many of them did not reach the client
     */
    record Leg(long expected, long lost, long jitterUs, long forwarded, long forwardedLost) {}

    /** Reports, every two seconds, where a call's packets get lost: on the receiver's own way and on its peer's. */
    record Legs(String call, Leg own, Leg peer) implements RelayMessage {}

    /**
     * Ends a call.
     *
     * @param why the {@link CallObjection} of the other side, on the wire; null: none
     */
    record Ended(String call, CallEnding reason, @Nullable String why) implements RelayMessage {

        /** An end without an objection. */
        public Ended(String call, CallEnding reason) {
            this(call, reason, null);
        }
    }

    /**
     * Reports a missed call.
     *
     * @param from as in {@link Incoming}
     * @param atMs when, in milliseconds since 1970
     * @param fingerprint as in {@link Incoming}
     */
    record Missed(String from, long atMs, @Nullable String fingerprint) implements RelayMessage {

        /** A call by somebody without a fingerprint. */
        public Missed(String from, long atMs) {
            this(from, atMs, null);
        }
    }
}
