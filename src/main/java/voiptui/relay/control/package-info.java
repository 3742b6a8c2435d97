/** The relay's TCP side: Netty connections, TLS, framing, and limits for strangers. */
@NullMarked
package voiptui.relay.control;

import org.jspecify.annotations.NullMarked;
