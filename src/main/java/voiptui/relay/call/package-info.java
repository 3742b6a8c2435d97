/** The relay's rules, without sockets: who is signed in, who rings whom, who talks with whom. */
@NullMarked
package voiptui.relay.call;

import org.jspecify.annotations.NullMarked;
