/**
 * The voice engine: turns the packets of a stream, as they arrive, into continuous audio with as little delay as the network allows.
 *
 * <p>Passive: no threads, sockets or events; the caller brings packets and the time, and pulls audio at the pace of its speaker.
 * Imports {@code audio}, {@code audio.dsp}, {@code codec}, {@code jitter}, {@code rtp} and {@code rtp.repair}.
 */
@NullMarked
package voiptui.voice;

import org.jspecify.annotations.NullMarked;
