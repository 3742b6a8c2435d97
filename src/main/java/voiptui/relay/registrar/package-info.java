/**
 * Who is signed in, without sockets: {@link voiptui.relay.registrar.Registrar} signs v2 clients in and out, keeps their sessions over
 * lost connections, and hands their messages to {@code relay.call} and {@code relay.presence}; {@link
 * voiptui.relay.registrar.SessionPlaces} decides who gives way when the relay is full. Connections and the operator see it as {@link
 * voiptui.relay.registrar.SessionHandler}, the cluster as {@link voiptui.relay.registrar.ClusterCalls}.
 *
 * <p>Everything here is owned by the control thread.
 *
 * <p>Imports {@code relay.call}, {@code relay.admission}, {@code relay.directory}, {@code relay.presence}, {@code relay.session},
 * {@code relay.media}, {@code relay.media.measure}, {@code protocol}, {@code protocol.offer}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.registrar;

import org.jspecify.annotations.NullMarked;
