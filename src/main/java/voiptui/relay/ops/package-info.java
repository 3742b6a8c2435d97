/**
 * What the relay's operator does with the running relay: the lock on its state directory, and a Unix domain socket in it,
 * through which commands such as {@code voiptui relay kick} reach the relay. Only the user that runs the relay can connect.
 *
 * <p>{@link voiptui.relay.ops.OpsServer} runs in the relay on a thread of its own, {@link voiptui.relay.ops.OpsClient} in a
 * command. Imports {@code relay.registrar}, {@code relay.directory}, {@code files}, {@code identity}, {@code protocol},
 * {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.ops;

import org.jspecify.annotations.NullMarked;
