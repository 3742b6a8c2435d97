package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.socket.LocalEnd;

/**
 * The UDP sockets of one media thread: waits for datagrams, passes them to the {@link Forwarder} in batches, and sends what that decides.
 * It knows no rules; the {@link Forwarder} knows no sockets.
 *
 * <p>{@link NioSockets} reads and writes one by one, with a socket for each client; it works everywhere. {@link LinuxSockets} reads and
 * writes up to 64 datagrams with one call of the system, through one socket.
 *
 * <p>Owned by the media thread, except where a method says otherwise.
 */
interface DatagramBatch extends MediaOutput, AutoCloseable {

    /** The most datagrams taken at once from a socket that clients share when one of them leaves: some milliseconds of work. */
    int MAX_DRAINED = 1_024;

    /** The loop that a batch serves. */
    interface Owner {

        /** Has the media thread carry out a request. Called by the control thread. */
        void ask(Runnable request);

        /** Carries out what was asked before the datagrams that have just come. Called by the media thread. */
        void doRequests();

        /** Tells the operator what does not work, at a limited rate. Called by the control thread. */
        void warnOfSocket(Exception problem);
    }

    /** Returns the sockets of single clients; null: they share what there is. Any thread. */
    default @Nullable ClientSockets clientSockets() {
        return null;
    }

    /** Notes the addresses of this machine's interfaces. Control thread. */
    void onLocalAddresses(Collection<InetAddress> listed);

    /** Returns how datagrams are read and written, in words for a log. Any thread. */
    String text();

    /** Prepares the thread that calls it, the media thread, before its first {@link #await}. */
    default void onThreadStarted() {}

    /** Ends a wait. Any thread. */
    void wakeup();

    /** Begins to serve a flow, through a shared socket. */
    void open(Flow flow);

    /** Takes what comes from an address as a flow's, from now on. */
    void serve(Flow flow, InetSocketAddress source);

    /** No longer takes what comes from an address as a flow's, if it did. */
    void forget(Flow flow, InetSocketAddress source);

    /** Serves a flow through the shared socket of the address that it uses now. */
    void release(Flow flow);

    /** Ends to serve a flow. */
    void close(Flow flow);

    /**
     * Waits until there are datagrams or {@link #wakeup} is called, and passes them on: a batch of each socket, so that one sender cannot
     * hold up the others.
     *
     * @param mayWait whether to wait; else only what is there is passed on
     * @return the datagrams read
     * @throws IOException if the system refuses to wait
     */
    int await(boolean mayWait, Forwarder forwarder) throws IOException;

    /**
     * Passes on the datagrams that have already arrived from a flow's client: up to what its socket holds, or {@value #MAX_DRAINED} of
     * all that have arrived at a shared one.
     *
     * @param local the relay address that they have come to
     */
    void takeArrived(Flow flow, InetAddress local, Forwarder forwarder);

    /** Passes on a datagram from a client's tunnel. */
    void takeTunnelled(Flow flow, byte[] datagram, Forwarder forwarder);

    /** Passes on a bind datagram that another media thread has read. */
    void takePassedOn(
            BindSessions.Session session,
            byte[] datagram,
            InetSocketAddress sender,
            LocalEnd arrivedAt,
            Forwarder forwarder);

    /** Returns {@code to} with a copy of a datagram; a longer one keeps a length that is too long. */
    static ByteBuffer copy(byte[] datagram, ByteBuffer to) {
        return to.clear()
                .put(datagram, 0, Math.min(datagram.length, to.capacity()))
                .flip();
    }

    /** Closes all sockets. */
    @Override
    void close();
}
