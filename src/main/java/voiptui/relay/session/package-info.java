/**
 * The sessions of v2 clients, apart from their calls, and what they need beyond a connection.
 *
 * <p>A {@link voiptui.relay.session.SessionChannel} is a session's connection. When it is lost,
 * {@link voiptui.relay.session.SentMessages} and {@link voiptui.relay.session.EndedCalls} keep what the client may have missed, and
 * {@link voiptui.relay.session.RestartedClients} finds sessions that no client will resume. {@link voiptui.relay.session.Sessions} holds them all.
 *
 * <p>Everything here is owned by the control thread; no socket is touched. Imports {@code relay.media}, {@code relay.media.measure},
 * {@code protocol} and {@code time}.
 */
@NullMarked
package voiptui.relay.session;

import org.jspecify.annotations.NullMarked;
