package voiptui.protocol;

import java.util.List;

/** What a relay says to a client in the second protocol; {@code protocol.md}, section 3. */
public sealed interface RelayMessage {

    /**
     * Signed in.
     *
     * @param name what the client is called by
     * @param resumed whether its calls and its UDP session go on
     * @param udpPort where media goes
     * @param udpSession 16 hexadecimal digits; see {@link BindDatagram}
     * @param udpKey 64 hexadecimal digits
     * @param seenAs the address and port that the relay sees the client at
     * @param heartbeatMs how often to say {@link ClientMessage.Ping}
     */
    record Welcome(
            String name, boolean resumed, int udpPort, String udpSession, String udpKey, String seenAs, int heartbeatMs)
            implements RelayMessage {}

    /** No; the connection is closed after it. {@code text} is for people and not to be trusted. */
    record Error(RefusalCode code, String text) implements RelayMessage {}

    /** The answer to {@link ClientMessage.Ping}. */
    record Pong(long id) implements RelayMessage {}

    /**
     * Somebody whom the relay knows.
     *
     * @param online whether a process of that name is signed in
     * @param busy whether none of its phones would ring
     * @param lastSeenMs when it was last signed in, in milliseconds since 1970; 0 for never
     */
    record Contact(String name, boolean online, boolean busy, long lastSeenMs) {}

    /** The answer to {@link ClientMessage.Watch}; {@code more} where it goes on in another message. */
    record Contacts(List<Contact> contacts, boolean more) implements RelayMessage {}

    /** One of them has changed, or is new. */
    record Presence(Contact contact) implements RelayMessage {}

    /** Where a call stands that the client is making. */
    enum CallProgress {
        /** Nobody is there to be rung. */
        WAITING,
        /** A phone rings. */
        RINGING
    }

    /** A call of the client's has come so far. */
    record Progress(String call, CallProgress state) implements RelayMessage {}

    /** Somebody calls: {@code from} is a name, or the address of a classic client. */
    record Incoming(String call, String from, List<MediaCodec> codecs) implements RelayMessage {}

    /**
     * Talk.
     *
     * @param peer the name of the other side, or its address where it is a classic client
     * @param codec how the sound is coded
     * @param packets what the packets look like
     * @param replaces a call that the client was making to the same peer, which is this one now; or {@code null}
     */
    record Connected(String call, String peer, MediaCodec codec, PacketFormat packets, String replaces)
            implements RelayMessage {}

    /** A call is over. */
    record Ended(String call, CallEnding reason) implements RelayMessage {}

    /** Somebody called while the client was busy; in milliseconds since 1970. */
    record Missed(String from, long atMs) implements RelayMessage {}
}
