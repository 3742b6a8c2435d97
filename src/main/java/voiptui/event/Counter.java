package voiptui.event;

import java.util.Locale;

/**
 * Everything that is counted, once: the same name in the screen, in JSON, in the relay's log and in the manual.
 *
 * <p>The name outside is the constant's in lower case ({@link #key()}).
 */
public enum Counter {

    /** Media packets that a client sent. */
    PACKETS_SENT(Side.CALL, "media packets sent"),
    /** Media packets that could not be sent, since the local network refused them. */
    PACKETS_SEND_FAILED(Side.CALL, "media packets the local network refused to send"),
    /** Media packets that came from the peer, duplicates not counted. */
    PACKETS_RECEIVED(Side.CALL, "media packets received, duplicates not counted"),
    /** Media packets that never came (RFC 3550, A.3: expected less received). */
    PACKETS_LOST(Side.CALL, "media packets that never came"),
    /** Media packets that came after the moment at which they should have been heard. */
    PACKETS_LATE(Side.CALL, "media packets that came too late to be heard"),
    /** Media packets that came more than once. */
    PACKETS_DUPLICATE(Side.CALL, "media packets that came more than once"),
    /** Media packets that were overtaken by a later one. */
    PACKETS_REORDERED(Side.CALL, "media packets overtaken by a later one"),
    /** Media packets dropped from a full jitter buffer. */
    PACKETS_DISCARDED(Side.CALL, "media packets dropped because the jitter buffer was full"),
    /** Media packets dropped because the speaker stood still and nobody took them. */
    PACKETS_QUEUE_FULL(Side.CALL, "media packets dropped because the speaker stood still"),
    /** Media packets that were overtaken by the end-of-transmission of their stream. */
    PACKETS_AFTER_END(Side.CALL, "media packets overtaken by their own end-of-transmission"),
    /** Datagrams that are no media packets. */
    PACKETS_MALFORMED(Side.CALL, "datagrams that are no media packets"),
    /** Frames played in place of ones that were missing. */
    FRAMES_CONCEALED(Side.CALL, "frames made up in place of missing ones"),
    /** Frames left out to bring the playout delay back to its target. */
    FRAMES_SKIPPED(Side.CALL, "frames left out to bring the delay back down"),
    /** Media packets that came before it was agreed what they look like, or from another source, or of another kind. */
    PACKETS_UNEXPECTED(Side.CALL, "media packets of another source or kind, or before the call"),
    /** Media packets whose sound could not be made out. */
    PACKETS_UNDECODABLE(Side.CALL, "media packets whose sound made no sense"),
    /** Reports that were sent to the peer (RTCP compound packets). */
    RTCP_SENT(Side.CALL, "RTCP reports sent to the other side"),
    /** Reports that came from the peer (RTCP compound packets). */
    RTCP_RECEIVED(Side.CALL, "RTCP reports received from the other side"),

    /** Datagrams that the relay passed on. */
    FORWARDED(Side.RELAY, "datagrams passed on"),
    /** Bytes of payload that the relay passed on. */
    FORWARDED_BYTES(Side.RELAY, "bytes of datagrams passed on"),
    /** Datagrams of registered clients whose peer is not there yet. */
    DROPPED_NO_PEER(Side.RELAY, "datagrams dropped: the peer is not registered yet"),
    /** Datagrams of senders that are not registered. */
    DROPPED_UNREGISTERED(Side.RELAY, "datagrams dropped: the sender is not registered"),
    /** Datagrams too short to be media. */
    DROPPED_UNDERSIZED(Side.RELAY, "datagrams dropped: too short"),
    /** Datagrams longer than the receive buffer. */
    DROPPED_OVERSIZED(Side.RELAY, "datagrams dropped: too long"),
    /** Datagrams that the peer's host refused (ICMP port unreachable). */
    DROPPED_UNREACHABLE(Side.RELAY, "datagrams refused by the peer's host"),
    /** Datagrams that found the socket's send buffer full. */
    DROPPED_SEND_BUFFER_FULL(Side.RELAY, "datagrams dropped: the send buffer was full"),
    /** Datagrams that the local network refused to send. */
    DROPPED_SEND_FAILED(Side.RELAY, "datagrams the local network refused to send"),
    /** Control connections accepted. */
    CONTROL_CONNECTIONS(Side.RELAY, "control connections accepted"),
    /** Control messages answered with INVALID. */
    CONTROL_INVALID(Side.RELAY, "control messages that made no sense"),
    /** Control connections that said nothing in time. */
    CONTROL_TIMEOUT(Side.RELAY, "control connections that said nothing in time"),
    /** Registrations turned away with FULL. */
    CONTROL_FULL(Side.RELAY, "registrations turned away because the relay was full"),
    /** Registrations accepted. */
    REGISTRATIONS(Side.RELAY, "registrations accepted"),
    /** Times that a client of the second protocol signed in or came back. */
    SIGN_INS(Side.RELAY, "sign-ins accepted, also of clients that came back"),
    /** Times that one was not let in. */
    SIGN_INS_REFUSED(Side.RELAY, "sign-ins refused"),
    /** Calls that clients of the second protocol began. */
    CALLS_MADE(Side.RELAY, "calls made by clients that signed in"),
    /** Calls in which two were connected, a client of the second protocol among them. */
    CALLS_CONNECTED(Side.RELAY, "calls connected with a client that signed in"),
    /** TLS handshakes that were completed. */
    TLS_HANDSHAKES(Side.RELAY, "TLS handshakes completed"),
    /** TLS handshakes that failed. */
    TLS_FAILED(Side.RELAY, "TLS handshakes that failed"),
    /** Connections closed because their address asked for too much. */
    CONTROL_LIMITED(Side.RELAY, "connections closed: too many or too bad ones from their address"),
    /** Connections closed because the client did not read. */
    CONTROL_DEAF(Side.RELAY, "connections closed: the client did not read"),
    /** Bind datagrams that were answered. */
    BINDS_ANSWERED(Side.RELAY, "bind datagrams answered"),
    /** Bind datagrams that were no valid ones. */
    BINDS_REFUSED(Side.RELAY, "bind datagrams dropped: forged, repeated, or of no session"),
    /** Datagrams that came or went through a TLS connection. */
    TUNNELLED(Side.RELAY, "datagrams that came or went through a TLS connection"),
    /** Datagrams for which a TLS connection had no room. */
    DROPPED_TUNNEL_FULL(Side.RELAY, "datagrams dropped: a TLS connection had no room");

    /** Which program keeps the counter. */
    public enum Side {
        /** A client in a call. */
        CALL,
        /** The relay. */
        RELAY
    }

    private final Side side;
    private final String meaning;
    private final String key = name().toLowerCase(Locale.ROOT);

    Counter(Side side, String meaning) {
        this.side = side;
        this.meaning = meaning;
    }

    /** Which program keeps it. */
    public Side side() {
        return side;
    }

    /** What it counts, for people. */
    public String meaning() {
        return meaning;
    }

    /** Its name in JSON and in the manual, e.g. {@code packets_lost}. */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return key;
    }
}
