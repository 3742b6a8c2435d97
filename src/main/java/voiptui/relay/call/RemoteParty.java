package voiptui.relay.call;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ClusterMessage;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;

/** A side of a call that is signed in at another relay of the cluster. Owned by the control thread. */
final class RemoteParty implements CallParty {

    /** Who it is. */
    record Client(String name, @Nullable String fingerprint) {}

    private final OtherRelays relays;
    private final String relay;
    private final InetAddress address;
    private final Flow flow;
    private final boolean isCaller;
    private Client client;
    private @Nullable Call activeCall;
    private boolean lost;
    private long lostNs;

    /**
     * Creates a party.
     *
     * @param relay its relay
     * @param address the address of that relay
     * @param flow its media, at this relay
     * @param isCaller whether it places the call, so that this relay is the callee's
     */
    RemoteParty(OtherRelays relays, String relay, InetAddress address, Flow flow, Client client, boolean isCaller) {
        this.relays = relays;
        this.relay = relay;
        this.address = address;
        this.flow = flow;
        this.client = client;
        this.isCaller = isCaller;
    }

    /** Returns its relay. */
    String relay() {
        return relay;
    }

    /** Returns who it is. */
    Client client() {
        return client;
    }

    /** Notes who has answered. */
    void identify(Client answered) {
        client = answered;
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public String callerId() {
        return client.name();
    }

    @Override
    public @Nullable String fingerprint() {
        return client.fingerprint();
    }

    /** Notes that its relay can no longer be reached. */
    void onLost(long nowNs) {
        if (!lost) {
            lost = true;
            lostNs = nowNs;
        }
    }

    /** Notes that its relay can be reached again. */
    void onReachable() {
        lost = false;
    }

    /** Returns since when its relay cannot be reached; meaningless while it can. */
    long lostNs() {
        return lostNs;
    }

    @Override
    public boolean isConnected() {
        return !lost;
    }

    @Override
    public @Nullable Call activeCall() {
        return activeCall;
    }

    @Override
    public void setActiveCall(@Nullable Call call) {
        activeCall = call;
    }

    /** {@inheritDoc} A caller's relay knows that the call is connected: it has decided that. */
    @Override
    public void send(RelayMessage message) {
        if (!(isCaller && message instanceof RelayMessage.Connected)) {
            relays.send(relay, new ClusterMessage.Told(message));
        }
    }

    /** Returns the name, and the relay's address. */
    @Override
    public String toString() {
        return client.name() + " at " + address.getHostAddress();
    }
}
