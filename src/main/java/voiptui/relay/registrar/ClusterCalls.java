package voiptui.relay.registrar;

import voiptui.protocol.ClusterMessage;

/** What the cluster tells a relay's calls and presence. Owned by the control thread. */
public interface ClusterCalls {

    /** A message of another relay; {@link ClusterMessage.Hello} is not for calls. */
    void onMessage(String relay, ClusterMessage message);

    /**
     * A relay can be reached.
     *
     * @param isSameProcess whether it was reachable before and has not been restarted since
     */
    void onReachable(String relay, boolean isSameProcess);

    /** A relay can no longer be reached. Its calls may go on through another. */
    void onLost(String relay);

    /** Clients of that name have signed in or out at another relay, or become busy or free. */
    void onPresence(String name);
}
