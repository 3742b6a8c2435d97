package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;
import voiptui.relay.admission.FairShare;
import voiptui.relay.media.Flow;
import voiptui.relay.media.measure.FlowStats;

/** One registered classic client. Owned by the control thread. */
public final class ClassicClient implements CallParty {

    /**
     * How long a client that was rejected or hung up on does not ring, although it keeps registering, in milliseconds.
     */
    static final int RINGING_SUSPENDED_MS = 60_000;

    private final InetSocketAddress key;
    private final Flow flow;
    private InetAddress target;
    /** Where its media comes from; null: unknown. */
    private @Nullable InetSocketAddress source;

    private FlowStats media;
    /** The connected classic client; null: none. */
    private @Nullable ClassicClient peer;

    /** The connected call with a v2 client; null: none. */
    private @Nullable Call activeCall;

    private boolean ringingSuspended;
    private long suspendedNs;
    private long registeredNs;
    private long lastHeartbeatNs;
    /** Whether it has disconnected, and stays only until its last media has arrived. */
    private boolean leaving;

    private long leavingNs;

    ClassicClient(InetSocketAddress key, InetAddress target, Flow flow, long nowNs) {
        this.key = key;
        this.flow = flow;
        this.source = flow.source;
        this.target = target;
        this.media = flow.status;
        register(target, media, nowNs);
    }

    /** Restarts the registration, with empty statistics. */
    void register(InetAddress newTarget, FlowStats newMedia, long nowNs) {
        ringingSuspended &= newTarget.equals(target) && (nowNs - suspendedNs) / NS_PER_MS < RINGING_SUSPENDED_MS;
        target = newTarget;
        media = newMedia;
        registeredNs = nowNs;
        lastHeartbeatNs = nowNs;
        leaving = false;
    }

    /** Notes that it has disconnected although its end of transmission has not arrived. */
    void beginToLeave(long nowNs) {
        leaving = true;
        leavingNs = nowNs;
    }

    /** Returns whether it has disconnected, and stays only until its end of transmission arrives. */
    boolean isLeaving() {
        return leaving;
    }

    /** Returns the time since it disconnected, in milliseconds. */
    long leavingMs(long nowNs) {
        return (nowNs - leavingNs) / NS_PER_MS;
    }

    /** Returns the address and announced UDP port, which identify the client. */
    InetSocketAddress key() {
        return key;
    }

    /** Returns the address that it registered from. */
    InetAddress ip() {
        return key.getAddress();
    }

    /** Returns the address that it calls. */
    public InetAddress target() {
        return target;
    }

    @Override
    public InetAddress address() {
        return key.getAddress();
    }

    @Override
    public String callerId() {
        return IpText.of(key.getAddress());
    }

    /** {@inheritDoc} A classic client is connected while it is registered. */
    @Override
    public boolean isConnected() {
        return true;
    }

    /** Does nothing: the classic protocol has no messages from the relay. */
    @Override
    public void send(RelayMessage message) {
        // see above
    }

    @Override
    public Flow flow() {
        return flow;
    }

    /** Returns what was seen of its media since it registered. */
    FlowStats media() {
        return media;
    }

    /** Returns where its media comes from; null: unknown. */
    @Nullable
    InetSocketAddress source() {
        return source;
    }

    /** Notes where its media comes from; null: unknown. */
    public void setSource(@Nullable InetSocketAddress newSource) {
        source = newSource;
    }

    /** Returns the connected classic client; null: none. */
    @Nullable
    ClassicClient peer() {
        return peer;
    }

    void setPeer(@Nullable ClassicClient newPeer) {
        peer = newPeer;
    }

    @Override
    public @Nullable Call activeCall() {
        return activeCall;
    }

    @Override
    public void setActiveCall(@Nullable Call call) {
        activeCall = call;
    }

    /** Returns whether it is connected with nobody. */
    boolean isFree() {
        return peer == null && activeCall == null;
    }

    /** {@inheritDoc} A call of two classic clients begins when one of them is heard. */
    @Override
    public FairShare.Use use() {
        if (activeCall != null || peer != null && (media.isHeard() || peer.media.isHeard())) {
            return FairShare.Use.IN_CALL;
        }
        return media.isHeard() ? FairShare.Use.IDLE : FairShare.Use.UNUSED;
    }

    /** Prevents it from ringing until it registers again after {@link #RINGING_SUSPENDED_MS} or for another target. */
    void suspendRinging(long nowNs) {
        ringingSuspended = true;
        suspendedNs = nowNs;
    }

    /** Returns whether it may make no phone ring. */
    boolean isRingingSuspended() {
        return ringingSuspended;
    }

    /** Returns whether this client and {@code other} call each other. */
    boolean matches(ClassicClient other) {
        return this != other && target.equals(other.ip()) && other.target.equals(ip());
    }

    /** Notes a heartbeat. */
    void refresh(long nowNs) {
        lastHeartbeatNs = nowNs;
    }

    /** Returns the time since the last heartbeat or registration, in milliseconds. */
    long sinceHeartbeatMs(long nowNs) {
        return (nowNs - lastHeartbeatNs) / NS_PER_MS;
    }

    /** Returns the time since the last media packet, or since the registration if none came, in milliseconds. */
    public long silentMs(long nowNs) {
        return (nowNs - (media.isHeard() ? media.lastHeardNs() : registeredNs)) / NS_PER_MS;
    }

    /** Returns its current status, for the relay's screen and log. */
    RelayEvent.ClientStatus status(long nowNs) {
        CallParty connected = activeCall == null ? peer : activeCall.other(this);
        return new RelayEvent.ClientStatus(
                toString(),
                IpText.of(target),
                connected == null ? null : connected.toString(),
                (nowNs - registeredNs) / NS_PER_MS,
                media.packets(),
                media.bytes(),
                silentMs(nowNs));
    }

    /** Returns address and announced port, such as {@code 192.0.2.1:5000}. */
    @Override
    public String toString() {
        return IpText.of(key);
    }
}
