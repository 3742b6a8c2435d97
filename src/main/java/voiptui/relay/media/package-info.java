/**
 * The relay's UDP data path: from a socket to the sender's flow to the peer of that flow.
 *
 * <p>Owned by the media thread, which the control thread commands through {@link voiptui.relay.media.MediaPlane}. Imports
 * {@code relay.media.measure}, {@code relay.media.socket}, {@code relay.media.linux}, {@code relay.media.hop}, {@code protocol}, {@code rtp}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.media;

import org.jspecify.annotations.NullMarked;
