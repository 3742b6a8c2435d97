/**
 * Addresses and the ends of UDP and TCP conversations, for the client.
 *
 * <p>Imports {@code time} only. Knows bytes, not what they mean.
 */
@NullMarked
package voiptui.net;

import org.jspecify.annotations.NullMarked;
