package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What the classic registry asks and tells the v2 side of the relay. Owned by the control thread. */
public interface ClassicRegistryListener {

    /** Returns the number of v2 sessions. */
    int sessionCount();

    /** Makes a client of either protocol give way to a classic one at {@code address}, if one has more than its share of places. */
    void makeRoom(InetAddress address);

    /** Returns whether a v2 client's media comes from {@code source}. */
    boolean isSessionSource(InetSocketAddress source);

    /** {@code client} has no classic peer. Called each time the registry has looked for one without success. */
    void onWaiting(ClassicClient client);

    /**
     * {@code client} is about to be removed, calls another target, or has found a classic peer: its call with a v2 client
     * ends. Its flow is unpaired on return.
     */
    void onUnavailable(ClassicClient client);

    /** {@code old} is about to be replaced. Its flow is unpaired on return. */
    void beforeReplaced(ClassicClient old);

    /** {@code successor} has replaced {@code old}: same address, same target. */
    void afterReplaced(ClassicClient old, ClassicClient successor);
}
