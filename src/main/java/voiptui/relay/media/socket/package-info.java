/**
 * The UDP sockets of the relay: how they are opened on each system, and which are still needed. What they carry is none of
 * their business.
 *
 * <pre>
 * {@link voiptui.relay.media.socket.MediaSockets}    opens them: the shared one, one per address, one per client
 * {@link voiptui.relay.media.socket.RelaySocket}     one of them, and who uses it
 * {@link voiptui.relay.media.socket.AddressSockets}  those of a relay that listens on all addresses
 * {@link voiptui.relay.media.socket.LocalAddresses}  watches the addresses of the machine
 * {@link voiptui.relay.media.socket.LocalEnd}        where a datagram arrived
 * {@link voiptui.relay.media.socket.PackedAddress}   an address as numbers
 * {@link voiptui.relay.media.socket.AddressTable}    looks something up by them
 * </pre>
 *
 * <p>Opened by the control thread, then owned by the media thread. Imports {@code net} and {@code time}.
 */
@NullMarked
package voiptui.relay.media.socket;

import org.jspecify.annotations.NullMarked;
