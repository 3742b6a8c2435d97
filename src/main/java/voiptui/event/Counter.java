package voiptui.event;

import java.util.Locale;

/**
 * Every counter, defined once: the screen, JSON, the relay's log and the manual use the same names and descriptions.
 *
 * <p>The public name is the constant in lower case ({@link #key()}).
 */
public enum Counter {
    /** Media packets sent. */
    PACKETS_SENT(Side.CALL, "media packets sent"),
    /** Media packets that the local network refused to send. */
    PACKETS_SEND_FAILED(Side.CALL, "not sent: refused by the local network"),
    /** Media packets received, without duplicates. */
    PACKETS_RECEIVED(Side.CALL, "media packets received, without duplicates"),
    /** Media packets lost (RFC 3550, A.3: expected minus received). */
    PACKETS_LOST(Side.CALL, "lost"),
    /** Media packets that arrived after their playout time. */
    PACKETS_LATE(Side.CALL, "arrived too late to be played"),
    /** Media packets received more than once. */
    PACKETS_DUPLICATE(Side.CALL, "duplicates"),
    /** Media packets that arrived after a later one. */
    PACKETS_REORDERED(Side.CALL, "arrived out of order"),
    /** Media packets whose turn to be played came: played, recovered, concealed or skipped. */
    PACKETS_EXPECTED(Side.CALL, "expected: played, recovered, concealed or skipped"),
    /** Media packets played as they came. */
    PACKETS_PLAYED(Side.CALL, "played as they came"),
    /** Media packets lost or late and recovered: the sum of the four ways. */
    PACKETS_RECOVERED(Side.CALL, "recovered"),
    /** Media packets recovered from redundant copies (RFC 2198). */
    RECOVERED_FROM_COPIES(Side.CALL, "recovered from copies"),
    /** Media packets recovered by retransmission (RFC 4588). */
    RECOVERED_BY_RETRANSMISSION(Side.CALL, "recovered by retransmission"),
    /** Media packets recovered from Opus in-band forward error correction. */
    RECOVERED_FROM_FEC(Side.CALL, "recovered from in-band FEC"),
    /** Media packets recovered from Opus deep redundancy. */
    RECOVERED_FROM_DRED(Side.CALL, "recovered from deep redundancy"),
    /** Media packets lost, late or undecodable whose audio was concealed. */
    PACKETS_CONCEALED(Side.CALL, "concealed"),
    /** Bytes of media packets sent, IPv4, UDP and RTP headers included. */
    SENT_BYTES(Side.CALL, "bytes of media packets sent, headers included"),
    /** Bytes of media packets received, IPv4, UDP and RTP headers included. */
    RECEIVED_BYTES(Side.CALL, "bytes of media packets received, headers included"),
    /** Lost media packets that the peer was asked to send again (RFC 4585). */
    RETRANSMISSIONS_REQUESTED(Side.CALL, "retransmissions requested"),
    /** Media packets sent again because the peer asked for them (RFC 4588). */
    RETRANSMISSIONS_SENT(Side.CALL, "retransmissions sent"),
    /** Media packets that the peer asked for too late or too often, and that were not sent again. */
    RETRANSMISSIONS_REFUSED(Side.CALL, "retransmissions refused: asked for too late or too often"),
    /** Lost media packets that came again on request, too late to be played, for a replay or a recording. */
    PACKETS_HEALED(Side.CALL, "came again for a replay or a recording"),
    /** Media packets skipped after a stall, to get back to the target delay at once. */
    PACKETS_DISCARDED(Side.CALL, "skipped after a stall"),
    /** Media packets dropped because the playout thread, waiting for the speaker, did not take them. */
    PACKETS_QUEUE_FULL(Side.CALL, "dropped: speaker stalled"),
    /** Media packets that arrived after the end-of-transmission of their stream. Classic only. */
    PACKETS_AFTER_END(Side.CALL, "arrived after end of transmission"),
    /** Datagrams that are not valid media packets. */
    PACKETS_MALFORMED(Side.CALL, "malformed datagrams"),
    /** Audio made up in place of missing packets, in milliseconds. */
    CONCEALED_MS(Side.CALL, "ms concealed"),
    /** Audio removed to shorten the playout delay, in milliseconds. */
    STRETCH_REMOVED_MS(Side.CALL, "ms removed to shorten the playout delay"),
    /** Audio repeated to lengthen the playout delay, in milliseconds. */
    STRETCH_ADDED_MS(Side.CALL, "ms added to lengthen the playout delay"),
    /** Media packets of another source or payload type, or received before the format was agreed. */
    PACKETS_UNEXPECTED(Side.CALL, "unexpected: wrong source or payload type, or before the call"),
    /** Media packets that the codec could not decode. */
    PACKETS_UNDECODABLE(Side.CALL, "could not be decoded"),
    /** RTCP compound packets sent to the peer. */
    RTCP_SENT(Side.CALL, "RTCP reports sent"),
    /** RTCP compound packets received from the peer. */
    RTCP_RECEIVED(Side.CALL, "RTCP reports received"),
    /** Encrypted packets that are not from the peer, or were changed on the way. */
    PACKETS_UNAUTHENTIC(Side.CALL, "not authentic: forged, changed on the way or under other keys"),
    /** Encrypted packets that were received before, or are too old to tell. */
    PACKETS_REPLAYED(Side.CALL, "replayed: received before, or too old to tell"),
    /** Encrypted packets that arrived before the keys were agreed on. */
    PACKETS_BEFORE_KEYS(Side.CALL, "arrived before there were keys"),
    /** Datagrams of the handshake dropped because too many came at once, or after it had failed. */
    HANDSHAKE_DROPPED(Side.CALL, "handshake datagrams dropped: too many at once"),

    /** Datagrams received, by UDP or through a TLS connection. */
    ARRIVED(Side.RELAY, "datagrams received"),
    /** Payload bytes received. */
    ARRIVED_BYTES(Side.RELAY, "payload bytes received"),
    /** Datagrams forwarded. */
    FORWARDED(Side.RELAY, "datagrams forwarded"),
    /** Payload bytes forwarded. */
    FORWARDED_BYTES(Side.RELAY, "payload bytes forwarded"),
    /** Datagrams of registered clients whose peer has not registered yet. */
    DROPPED_NO_PEER(Side.RELAY, "dropped: peer not registered yet"),
    /** Datagrams from senders that are not registered. */
    DROPPED_UNREGISTERED(Side.RELAY, "dropped: sender not registered"),
    /** Datagrams too short to be media. */
    DROPPED_UNDERSIZED(Side.RELAY, "dropped: too short"),
    /** Datagrams longer than the receive buffer. */
    DROPPED_OVERSIZED(Side.RELAY, "dropped: too long"),
    /** Datagrams of registered clients that sent more than they may. */
    DROPPED_OVER_RATE(Side.RELAY, "dropped: sender over its rate"),
    /** Datagrams that the peer's host refused (ICMP port unreachable). */
    DROPPED_UNREACHABLE(Side.RELAY, "dropped: refused by the peer's host"),
    /** Datagrams that did not fit into the socket's send buffer. */
    DROPPED_SEND_BUFFER_FULL(Side.RELAY, "dropped: send buffer full"),
    /** Datagrams that the local network refused to send. */
    DROPPED_SEND_FAILED(Side.RELAY, "dropped: refused by the local network"),
    /** Datagrams from the address of another relay of the cluster that are forged or replayed, or whose call is over. */
    DROPPED_NOT_FROM_RELAY(Side.RELAY, "dropped: not authentic media of another relay, or its call is over"),
    /** Control connections accepted. */
    CONTROL_CONNECTIONS(Side.RELAY, "control connections accepted"),
    /** Classic control messages answered with INVALID. */
    CONTROL_INVALID(Side.RELAY, "invalid classic control messages"),
    /** Control connections that did not send a complete message in time. */
    CONTROL_TIMEOUT(Side.RELAY, "control connections timed out"),
    /** Classic registrations answered with FULL. */
    CONTROL_FULL(Side.RELAY, "classic registrations refused: relay full"),
    /** Classic control messages from addresses that are not admitted. */
    CONTROL_NOT_ADMITTED(Side.RELAY, "classic control messages refused: classic clients not admitted"),
    /** Clients that lost their place to others because their address or certificate held too many. */
    CLIENTS_DISPLACED(Side.RELAY, "clients signed out because their address or certificate held too many places"),
    /** Classic registrations accepted. */
    REGISTRATIONS(Side.RELAY, "classic registrations accepted"),
    /** Times that a client signed in or resumed its session. */
    SIGN_INS(Side.RELAY, "sign-ins accepted, including resumed sessions"),
    /** Sign-ins refused. */
    SIGN_INS_REFUSED(Side.RELAY, "sign-ins refused"),
    /** Clients signed out by the operator, or because their name is no longer theirs. */
    CLIENTS_EXPELLED(Side.RELAY, "clients signed out: blocked, or name removed"),
    /** Classic messages and sign-ins refused because the address or certificate is blocked. */
    REFUSED_BLOCKED(Side.RELAY, "refused: address or certificate blocked"),
    /** Calls placed by signed-in clients. */
    CALLS_PLACED(Side.RELAY, "calls placed by signed-in clients"),
    /** Calls connected with at least one signed-in client. */
    CALLS_CONNECTED(Side.RELAY, "calls connected with a signed-in client"),
    /** TLS handshakes completed. */
    TLS_HANDSHAKES(Side.RELAY, "TLS handshakes completed"),
    /** TLS handshakes failed. */
    TLS_FAILED(Side.RELAY, "TLS handshakes failed"),
    /** Connections closed because their address exceeded a limit. */
    CONTROL_LIMITED(Side.RELAY, "connections closed: too many connections or failures from one address"),
    /** Connections of load balancers closed because they did not begin with a header of the PROXY protocol. */
    CONTROL_NO_PROXY_HEADER(Side.RELAY, "connections closed: no PROXY header"),
    /** Connections closed because the client did not read. */
    CONTROL_NOT_READING(Side.RELAY, "connections closed: client not reading"),
    /** Times that a client was read more slowly because it sent too many messages. */
    CONTROL_SLOWED(Side.RELAY, "clients slowed down: too many messages"),
    /** Frames and messages of signed-in or connecting clients that a later version may understand. */
    CONTROL_UNKNOWN(Side.RELAY, "frames and messages of unknown kind"),
    /** Bind datagrams answered. */
    BINDS_ANSWERED(Side.RELAY, "bind datagrams answered"),
    /** Bind datagrams that were not valid. */
    BINDS_REFUSED(Side.RELAY, "bind datagrams dropped: forged, replayed or of an unknown session"),
    /** Datagrams sent or received through a TLS connection. */
    TUNNELLED(Side.RELAY, "datagrams tunnelled through a TLS connection"),
    /** Datagrams dropped because the TLS connection could not take more data. */
    DROPPED_TUNNEL_FULL(Side.RELAY, "dropped: TLS connection congested");

    /** The program that keeps a counter. */
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

    /** Returns the program that keeps the counter. */
    public Side side() {
        return side;
    }

    /** Returns the description for users. */
    public String meaning() {
        return meaning;
    }

    /** Returns the name in JSON and in the manual, such as {@code packets_lost}. */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return key;
    }
}
