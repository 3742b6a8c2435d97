/**
 * End-to-end encryption between two phones: DTLS handshake (RFC 6347, RFC 5764), SRTP and SRTCP (RFC 3711, RFC 7714), and the
 * words that two people read to each other.
 *
 * <pre>
 * handshake thread  {@link voiptui.crypto.DtlsSession}      handshake with the peer's phone → {@link voiptui.crypto.SrtpKeys}, words
 * sending threads   {@link voiptui.crypto.SrtpProtector}    RTP, RTCP → SRTP, SRTCP; one for each thread
 * network thread    {@link voiptui.crypto.SrtpUnprotector}  SRTP, SRTCP → RTP, RTCP, if they are authentic and new
 * </pre>
 *
 * <p>Bouncy Castle does the handshake; OpenSSL, where it is present, or else the JDK the packets ({@link voiptui.crypto.AesGcm}).
 * Keys for packets are in native memory then: whoever creates a sender or unprotector closes it. Imports {@code identity}, {@code rtp},
 * {@code net}, {@code natives} and {@code time}.
 */
@NullMarked
package voiptui.crypto;

import org.jspecify.annotations.NullMarked;
