package voiptui.session;

import voiptui.event.SessionEvent;

/** The actions of a {@link PathMachine}. Called on the path thread; none blocks. */
interface PathEffects {

    /**
     * Sends a bind datagram that requests media at its source address.
     *
     * @param bytes its length, {@link voiptui.protocol.BindDatagram#MIN_BYTES} or more; the answer has the same
     */
    void bind(long counter, long cookie, int bytes);

    /**
     * Sends a bind datagram that requests nothing, to see whether one of that length is answered.
     *
     * @param bytes its length, {@link voiptui.protocol.BindDatagram#MIN_BYTES} or more
     */
    void probe(long counter, int bytes);

    /** Replaces the UDP socket; if none can be opened now, there is none until the next call. */
    void reopen();

    /** Asks the relay to send media through the TLS connection; binds up to {@code after} are void. */
    void tunnel(long after);

    /** Sends media by this path from now on. */
    void route(SessionEvent.MediaPath path);

    /** Publishes an event. */
    void publish(SessionEvent event);
}
