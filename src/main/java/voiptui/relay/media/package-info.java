/** The relay's UDP data path: from a socket to the flow of its sender to the peer of that flow. */
@NullMarked
package voiptui.relay.media;

import org.jspecify.annotations.NullMarked;
