package voiptui.session;

import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;

/** Where a call's media goes in and out, whichever way it takes to the relay. */
public interface MediaPath extends DatagramSender {

    /**
     * From now on what comes goes to {@code handler}; nowhere where it is {@code null}. Called by any thread; a datagram that
     * is being handled may still come to the one before when this returns.
     */
    void deliverTo(DatagramHandler handler);

    /** Whether a call is on: then the path is watched closely, and mended within two seconds. Any thread. */
    void setInCall(boolean inCall);

    /** The local UDP port; 0 while there is none. Any thread. */
    int localPort();
}
