package voiptui.session;

import voiptui.event.SessionEvent;

/** What a {@link PathMachine} has done for it. Called on the path's thread; nothing here waits. */
interface PathEffects {

    /** Sends a bind datagram that wants media at the address it comes from; it may get lost. */
    void bind(long counter, long cookie);

    /** Speaks from another socket from now on, and forgets the one before; there may be none to be had now. */
    void reopen();

    /** Asks the relay to send media through the TLS connection; binds up to {@code after} are void. */
    void tunnel(long after);

    /** Media goes this way from now on. */
    void route(SessionEvent.MediaPath way);

    /** Tells those who watch. */
    void publish(SessionEvent event);
}
