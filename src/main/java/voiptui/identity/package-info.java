/**
 * Identities and trust: certificates, fingerprints, known relays, and their files.
 *
 * <p>The only package that uses Bouncy Castle. Opens no sockets. Imports {@code xdg}.
 */
@NullMarked
package voiptui.identity;

import org.jspecify.annotations.NullMarked;
