/**
 * Identities and trust: certificates, fingerprints, known relays, and their files.
 *
 * <p>Opens no sockets. Imports nothing of ours.
 */
@NullMarked
package voiptui.identity;

import org.jspecify.annotations.NullMarked;
