package voiptui.protocol.offer;

import java.util.Locale;

/**
 * An optional ability of a client's media engine. A client announces those it has in {@code call} and {@code accept}, and
 * uses in a call only those that the other side has too; {@code protocol.md}, section 5.
 */
public enum MediaFeature {
    /** Accepts redundant copies of earlier frames (RFC 2198). */
    RED,
    /** Answers generic NACKs (RFC 4585, 6.2.1) with retransmissions (RFC 4588), and accepts retransmissions. */
    RTX,
    /** Understands RTCP XR VoIP metrics (RFC 3611, 4.7) and early feedback (RFC 4585, 3.2). */
    XR,
    /** Understands gaps in the stream during silence. */
    DTX,
    /** Accepts packets of any length from 2.5 to 120 ms, not only of 20 ms. */
    PTIME,
    /** Keeps what it sent within 30 s, and answers generic NACKs for it; asks for packets that are too old to be played. */
    HEAL,
    /** Encrypts media end to end (DTLS-SRTP, RFC 5764). */
    DTLS_SRTP,
    /** Takes texts in the reports of an encrypted call. */
    TEXT;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the name on the wire and in JSON. */
    public String wire() {
        return wire;
    }
}
