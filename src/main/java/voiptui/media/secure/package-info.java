/**
 * End-to-end encryption of a call's datagrams, between the media of the call and its path: the last step before the socket, and the
 * first one behind it.
 *
 * <pre>
 * any sending thread  {@link voiptui.media.secure.SecureMedia#sender}   RTP, RTCP → SRTP, SRTCP → path
 * network thread      {@link voiptui.media.secure.SecureMedia#handler}  path → demultiplex (RFC 7983) → DTLS | SRTP → RTP
 * </pre>
 *
 * <p>Imports {@code crypto}, {@code identity}, {@code rtp}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.media.secure;

import org.jspecify.annotations.NullMarked;
