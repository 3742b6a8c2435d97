/**
 * The names of the relay's v2 clients: which certificate owns each name, when its client was last seen, and who is blocked.
 * All are files in the relay's state directory. {@link voiptui.relay.directory.Directory} decides in memory on the control
 * thread and reads and writes the files on a thread of its own; {@link voiptui.relay.directory.DirectoryFiles} edits them from
 * the command line while no relay runs. Imports {@code files}, {@code identity}, {@code protocol}, {@code net} and {@code time}.
 */
@NullMarked
package voiptui.relay.directory;

import org.jspecify.annotations.NullMarked;
