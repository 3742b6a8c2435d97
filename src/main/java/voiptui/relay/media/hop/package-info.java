/**
 * The seal of media that goes from one relay of a cluster to another ({@code protocol.md}, section 7): who sent it, for which call, and
 * that it was not sent before. Knows no flows and no sockets. Imports no other package.
 */
@NullMarked
package voiptui.relay.media.hop;

import org.jspecify.annotations.NullMarked;
