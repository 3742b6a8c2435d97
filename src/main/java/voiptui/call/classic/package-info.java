/**
 * Calls in the classic protocol.
 *
 * <pre>
 * call thread     {@link voiptui.call.classic.ClassicCallMachine}: states, timeouts, retries
 * control thread  {@link voiptui.call.classic.ControlClient}: requests to the relay, which may block
 * network thread  {@link voiptui.net.DatagramReader}: received media to the media session
 * media threads   {@link voiptui.media.MediaSession}: capture, playout, recorder and device threads
 * </pre>
 *
 * <p>{@link voiptui.call.classic.ClassicCall} owns them all. Imports {@code call}, {@code media}, {@code media.stream},
 * {@code media.device}, {@code audio}, {@code codec}, {@code rtp}, {@code protocol.offer}, {@code protocol.classic}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.call.classic;

import org.jspecify.annotations.NullMarked;
