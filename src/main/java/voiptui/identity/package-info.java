/**
 * Identities and trust: certificates, fingerprints, known relays, and their files.
 *
 * <p>Opens no sockets. Imports {@code files}.
 */
@NullMarked
package voiptui.identity;

import org.jspecify.annotations.NullMarked;
