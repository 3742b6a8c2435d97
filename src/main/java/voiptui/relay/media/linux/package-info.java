/**
 * UDP sockets as Linux has them, read and written in batches: the functions of its C library, called through LWJGL, and the structures
 * in native memory that they take. Knows no flows.
 *
 * <pre>
 * {@link voiptui.relay.media.linux.LinuxSocket}   a socket, and the address that each datagram came to
 * {@link voiptui.relay.media.linux.SocketGroups}  those of all media threads
 * {@link voiptui.relay.media.linux.Steering}      which thread reads what a sender sends
 * {@link voiptui.relay.media.linux.ReceiveBatch}  what was read by one call
 * {@link voiptui.relay.media.linux.SendBatch}     what is to be sent by one call
 * {@link voiptui.relay.media.linux.ErrorBatch}    what ICMP has told about what was sent
 * {@link voiptui.relay.media.linux.SocketPoll}    waits for sockets or another thread
 * </pre>
 *
 * <p>Each socket and its memory belong to one media thread, which is the only one that touches them. Imports {@code relay.media.socket} and {@code natives}.
 */
@NullMarked
package voiptui.relay.media.linux;

import org.jspecify.annotations.NullMarked;
