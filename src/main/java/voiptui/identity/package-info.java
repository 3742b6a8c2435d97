/**
 * Identities and trust: certificates, fingerprints, known relays, and their files.
 *
 * <p>The only package that uses Bouncy Castle. Opens no sockets. Imports nothing of ours.
 */
@NullMarked
package voiptui.identity;

import org.jspecify.annotations.NullMarked;
