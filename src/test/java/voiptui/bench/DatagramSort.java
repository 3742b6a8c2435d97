package voiptui.bench;

/** Sorts of datagrams of a call with Opus. */
enum DatagramSort {
    /** Opus in RTP (RFC 7587). */
    OPUS,
    /** Opus with copies (RFC 2198). */
    RED,
    /** Retransmissions of both (RFC 4588). */
    RTX,
    /** Reports with metrics and losses, requests, and leave (RFC 3550, RFC 3611, RFC 4585). */
    RTCP
}
