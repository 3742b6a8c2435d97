/**
 * The relay's UDP data path: from a socket to the sender's flow to the peer of that flow.
 *
 * <p>Each flow is with one media thread at a time; the control thread commands them through {@link voiptui.relay.media.MediaPlane}, and
 * decides who owns an address. Imports {@code relay.media.request}, {@code relay.media.measure}, {@code relay.media.socket}, {@code relay.media.linux}, {@code relay.media.hop}, {@code protocol}, {@code rtp}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.media;

import org.jspecify.annotations.NullMarked;
