/**
 * Who we are and whom we trust: certificates, their fingerprints, and the files that they are kept in.
 *
 * <p>The only place that knows Bouncy Castle. Knows no sockets and no messages.
 */
@NullMarked
package voiptui.identity;

import org.jspecify.annotations.NullMarked;
