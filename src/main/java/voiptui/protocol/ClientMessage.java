package voiptui.protocol;

import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;

/**
 * Message from a v2 client to a relay; {@code protocol.md}, section 3. Texts are as the sender wrote them; {@link
 * MessageJson} has checked their shape.
 */
public sealed interface ClientMessage {

    /** The version of the protocol. */
    int VERSION = 2;
    /** The oldest version that a relay accepts. */
    int OLDEST_VERSION = 2;

    /**
     * Signs the client in; the first message. Of another version, only {@code version} is known.
     *
     * @param version {@link #VERSION}
     * @param name the name that the client asks for; see {@link ClientName}
     * @param instance 16 hexadecimal digits that distinguish the processes of one certificate
     * @param answers whether it accepts incoming calls
     * @param features what its media engine can do, and {@code SessionFeature}s
     * @param received how many messages about calls it has received in its session; see {@link
     *     RelayMessage#isAboutCall}
     * @param heartbeatMs the interval of {@link Ping} that it wishes, in milliseconds; 0: none
     */
    record Hello(
            int version,
            String name,
            String instance,
            boolean answers,
            MediaFeatures features,
            long received,
            long heartbeatMs)
            implements ClientMessage {

        /** A hello of a client that has received nothing, or does not count. */
        public Hello(int version, String name, String instance, boolean answers, MediaFeatures features) {
            this(version, name, instance, answers, features, 0, 0);
        }
    }

    /**
     * Asks a relay that shows another certificate than expected to prove that it follows the expected one; before {@link Hello}.
     *
     * @param fingerprint that of the certificate that the client trusts
     */
    record Prove(String fingerprint) implements ClientMessage {}

    /**
     * Heartbeat.
     *
     * @param id returns in {@link RelayMessage.Pong}
     * @param received as in {@link Hello}
     */
    record Ping(long id, long received) implements ClientMessage {

        /** A ping of a client that has received nothing, or does not count. */
        public Ping(long id) {
            this(id, 0);
        }
    }

    /** Subscribes to contacts and presence. */
    record Watch() implements ClientMessage {}

    /**
     * Starts a call.
     *
     * @param call 32 hexadecimal digits
     * @param to a name or an IP address
     * @param offer the caller's media; at least one codec
     */
    record Call(String call, String to, MediaOffer offer) implements ClientMessage {}

    /** Answers an incoming call. */
    record Accept(String call, MediaOffer offer) implements ClientMessage {}

    /**
     * Rejects an incoming call.
     *
     * @param why the {@link CallObjection} for the other side, on the wire; null: none
     */
    record Reject(String call, @Nullable String why) implements ClientMessage {

        /** A rejection without an objection. */
        public Reject(String call) {
            this(call, null);
        }
    }

    /**
     * Ends or cancels a call.
     *
     * @param why as in {@link Reject}
     */
    record Hangup(String call, @Nullable String why) implements ClientMessage {

        /** A hang-up without an objection. */
        public Hangup(String call) {
            this(call, null);
        }
    }

    /**
     * Continues a call after a reconnection; fields as in {@link RelayMessage.Connected}.
     *
     * @param fingerprint the client's own, as in its offer
     */
    record Rejoin(
            String call,
            String peer,
            MediaFormat format,
            @Nullable String fingerprint) implements ClientMessage {

        /** A rejoin of a client that does not encrypt media. */
        public Rejoin(String call, String peer, MediaFormat format) {
            this(call, peer, format, null);
        }
    }

    /**
     * Requests that media to the client goes through this connection.
     *
     * @param via {@code tcp}
     * @param after the newest counter of a bind datagram so far; the relay ignores all up to it
     */
    record Media(String via, long after) implements ClientMessage {
        /** The only value of {@code via}. */
        public static final String TCP = "tcp";
    }

    /** Signs the client out. */
    record Bye() implements ClientMessage {}

    /**
     * Something that this version does not know.
     *
     * @param field the field whose value is unknown
     * @param value the value: up to 20 characters of {@code a-z 0-9 -}; empty if it is of another shape
     * @param call the call that the message is about; null: none
     */
    record Unsupported(String field, String value, @Nullable String call) implements ClientMessage {}
}
