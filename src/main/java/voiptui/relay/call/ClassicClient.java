package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;
import voiptui.relay.media.FlowStats;

/** One registered client, as the registry knows it. Owned by the control thread. */
public final class ClassicClient implements CallParty {

    /** How long a client that a station did not take, or hung up on, keeps quiet although it registers again. */
    static final int HUSHED_MS = 60_000;

    private final InetSocketAddress key;
    private final Flow flow;
    private InetAddress target;
    private InetSocketAddress source;
    private FlowStats media;
    private ClassicClient peer;
    private Call talk;
    private boolean hushed;
    private long hushedNs;
    private long registeredNs;
    private long lastSignNs;

    ClassicClient(InetSocketAddress key, InetAddress target, Flow flow, long nowNs) {
        this.key = key;
        this.flow = flow;
        this.source = flow.source;
        this.media = flow.status;
        register(target, media, nowNs);
    }

    /** Starts the registration anew. */
    void register(InetAddress newTarget, FlowStats newMedia, long nowNs) {
        hushed &= newTarget.equals(target) && (nowNs - hushedNs) / NS_PER_MS < HUSHED_MS;
        target = newTarget;
        media = newMedia;
        registeredNs = nowNs;
        lastSignNs = nowNs;
    }

    /** Address and announced UDP port: who this is. */
    InetSocketAddress key() {
        return key;
    }

    /** The address that it registered from. */
    InetAddress ip() {
        return key.getAddress();
    }

    /** The address that it wants to talk with. */
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

    /** {@inheritDoc} A classic client is while it is registered. */
    @Override
    public boolean isThere() {
        return true;
    }

    /** {@inheritDoc} A classic client cannot be told anything. */
    @Override
    public void say(RelayMessage message) {
        // there is no way to
    }

    @Override
    public Flow flow() {
        return flow;
    }

    /** What has been seen of its media since it registered. */
    FlowStats media() {
        return media;
    }

    /** Where its media comes from, as far as is known; {@code null} while that is not. */
    InetSocketAddress source() {
        return source;
    }

    void setSource(InetSocketAddress newSource) {
        source = newSource;
    }

    /** The classic client that it talks with, or {@code null}. */
    ClassicClient peer() {
        return peer;
    }

    void setPeer(ClassicClient newPeer) {
        peer = newPeer;
    }

    /** The call that it has with a station, or {@code null}. */
    @Override
    public Call talk() {
        return talk;
    }

    @Override
    public void setTalk(Call call) {
        talk = call;
    }

    /** Whether it talks with nobody. */
    boolean isFree() {
        return peer == null && talk == null;
    }

    /** Lets it ring nowhere until it registers again, a while later or for another target. */
    void hush(long nowNs) {
        hushed = true;
        hushedNs = nowNs;
    }

    /** Whether it is to ring nowhere. */
    boolean isHushed() {
        return hushed;
    }

    /** Whether this and {@code other} name each other. */
    boolean wants(ClassicClient other) {
        return this != other && target.equals(other.ip()) && other.target.equals(ip());
    }

    /** Notes a sign of life on the control side. */
    void refresh(long nowNs) {
        lastSignNs = nowNs;
    }

    /** Time since the last sign of life on the control side, in milliseconds. */
    long signlessMs(long nowNs) {
        return (nowNs - lastSignNs) / NS_PER_MS;
    }

    /** Time since the last media packet, or since the registration if none came, in milliseconds. */
    long silentMs(long nowNs) {
        return (nowNs - (media.isHeard() ? media.lastHeardNs() : registeredNs)) / NS_PER_MS;
    }

    /** How it is at this moment, for whoever watches the relay. */
    RelayEvent.ClientStatus status(long nowNs) {
        CallParty with = talk == null ? peer : talk.other(this);
        return new RelayEvent.ClientStatus(
                toString(),
                target.getHostAddress(),
                with == null ? null : with.toString(),
                (nowNs - registeredNs) / NS_PER_MS,
                media.packets(),
                media.bytes(),
                silentMs(nowNs));
    }

    /** {@code 192.0.2.1:5000}. */
    @Override
    public String toString() {
        return IpText.of(key);
    }
}
