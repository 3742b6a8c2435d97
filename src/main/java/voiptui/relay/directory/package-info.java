/** The names of the relay's clients: who owns which, and when each was last seen. */
@NullMarked
package voiptui.relay.directory;

import org.jspecify.annotations.NullMarked;
