/**
 * Media packets on the wire, and the statistics of receiving them.
 *
 * <p>Imports {@code time} only. Knows layouts and sequence numbers, not sockets and not sound.
 */
package voiptui.rtp;
