package voiptui.protocol;

import java.util.List;

/**
 * What a client says to a relay in the second protocol; {@code protocol.md}, section 3. Texts are as the sender wrote them,
 * checked for their shape by {@link MessageJson}.
 */
public sealed interface ClientMessage {

    /** The version of the protocol. */
    int VERSION = 2;

    /**
     * The first message.
     *
     * @param version {@link #VERSION}
     * @param name what the client wants to be called by; see {@link ClientName}
     * @param instance 16 hexadecimal digits that tell the processes of one certificate apart
     * @param answers whether it can be rung
     */
    record Hello(int version, String name, String instance, boolean answers) implements ClientMessage {}

    /** Still here; {@code id} comes back in {@link RelayMessage.Pong}. */
    record Ping(long id) implements ClientMessage {}

    /** Tell me from now on who is here. */
    record Watch() implements ClientMessage {}

    /**
     * Connect me.
     *
     * @param call 32 hexadecimal digits
     * @param to a name or an IP address
     * @param codecs in the order of preference, at least one
     */
    record Call(String call, String to, List<MediaCodec> codecs) implements ClientMessage {}

    /** The call that you announced is taken. */
    record Accept(String call, List<MediaCodec> codecs) implements ClientMessage {}

    /** It is not. */
    record Reject(String call) implements ClientMessage {}

    /** A call is over, or not wanted any more. */
    record Hangup(String call) implements ClientMessage {}

    /** After a new connection: this call goes on; the fields are those of {@link RelayMessage.Connected}. */
    record Rejoin(String call, String peer, MediaCodec codec, PacketFormat packets) implements ClientMessage {}

    /**
     * Send me media through this connection.
     *
     * @param via {@code tcp}
     * @param after the newest counter of a bind datagram so far; all up to it are void
     */
    record Media(String via, long after) implements ClientMessage {
        /** The only way there is to ask for. */
        public static final String TCP = "tcp";
    }

    /** Forget me. */
    record Bye() implements ClientMessage {}
}
