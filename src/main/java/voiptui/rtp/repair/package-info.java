/**
 * Repair of lost packets: which ones are missing and in what pattern, copies (RED) and retransmission (RTX).
 *
 * <p>Imports {@code rtp}, {@code time}, and {@code rtp.rtcp} for the loss figures that it gathers. Knows neither sockets nor
 * audio.
 */
@NullMarked
package voiptui.rtp.repair;

import org.jspecify.annotations.NullMarked;
