/**
 * Who finds a place at the relay: limits, shares of addresses and certificates, networks. Rules only, without state of the
 * clients themselves. Owned by the control thread where not stated otherwise. Imports {@code protocol.classic}, {@code net} and
 * {@code time}.
 */
@NullMarked
package voiptui.relay.admission;

import org.jspecify.annotations.NullMarked;
