/**
 * The names of the relay's v2 clients: which certificate owns each name, and when its client was last seen. Both are files in
 * the relay's state directory. {@link voiptui.relay.directory.NameRegistry} and {@link voiptui.relay.directory.LastSeen} belong
 * to the relay's control thread; {@link voiptui.relay.directory.NameGrant} edits the names from the command line, in another
 * process. Imports {@code identity}, {@code protocol} and {@code time}.
 */
@NullMarked
package voiptui.relay.directory;

import org.jspecify.annotations.NullMarked;
