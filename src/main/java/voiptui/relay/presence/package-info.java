/**
 * Presence: which names are online or busy, and since when they are not, for the clients that watch.
 *
 * <p>{@link voiptui.relay.presence.PresenceService} is told what changes about each {@link voiptui.relay.presence.PresenceClient}, and when to
 * send it. Owned by the control thread. Imports {@code relay.directory}, {@code protocol} and {@code time}.
 */
@NullMarked
package voiptui.relay.presence;

import org.jspecify.annotations.NullMarked;
