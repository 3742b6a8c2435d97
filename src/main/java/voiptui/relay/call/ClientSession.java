package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.SessionFeature;
import voiptui.relay.media.Binding;
import voiptui.relay.media.Flow;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.presence.PresenceClient;
import voiptui.relay.session.SentMessages;
import voiptui.relay.session.Session;
import voiptui.relay.session.SessionChannel;
import voiptui.time.RateLimiter;

/**
 * One signed-in v2 client process, over all its connections. It outlives a lost connection for the grace time. Owned by
 * the control thread.
 */
public final class ClientSession implements CallParty, Session, PresenceClient {

    /** How many callers a phone with call waiting is shown at once. */
    static final int MAX_RINGING = 8;

    /** The calls that it places and that are not connected, oldest first. Changed by {@link ActiveCalls} only. */
    final Set<Call> placing = new ObservedCalls(this::onCallChanged);
    /**
     * The calls that ring here, oldest first; several only with call waiting, or where the user places a call while the
     * phone rings. Changed by {@link ActiveCalls} only.
     */
    final Set<Call> ringing = new ObservedCalls(this::onCallChanged);
    /** Limits the calls that it places; see {@link CallMessageHandler}. */
    final RateLimiter callLimit;

    /** Told when its presence may have changed. */
    private Consumer<ClientSession> observer = nobody -> {};

    private final Client client;
    private final Media media;
    private final long signedInNs;
    /** Messages that may be lost if the connection turns out to be gone. */
    private final SentMessages sent = new SentMessages();

    /** Its connection; null: lost, or not connected yet. */
    private @Nullable SessionChannel channel;

    /** The address of its current or last connection. */
    private InetSocketAddress remote;
    /** Where its media comes from; null: not bound. */
    private @Nullable InetSocketAddress source;

    private MediaFeatures features = MediaFeatures.NONE;
    private boolean phone;
    /** The heartbeat interval of the connection, in milliseconds; 0 before the first. */
    private int heartbeatMs;

    private boolean ended;

    private boolean tunnelled;
    private long tunnelledAfter;
    /** The connected call; null: none. */
    private @Nullable Call activeCall;

    private long heardNs;
    private long lostNs;

    /**
     * A client's media.
     *
     * @param id the id that its bind datagrams carry
     * @param binding proves its addresses with the key of its bind datagrams
     * @param flow its half of the media path
     */
    public record Media(long id, Binding binding, Flow flow) {}

    /**
     * Creates a session without a connection.
     *
     * @param remote the address of the connection that it is created for
     * @param callLimit limits the calls that it places
     * @param nowNs the time of the sign-in, by the relay's clock
     */
    public ClientSession(Client client, Media media, InetSocketAddress remote, RateLimiter callLimit, long nowNs) {
        this.client = client;
        this.media = media;
        this.remote = remote;
        this.callLimit = callLimit;
        this.signedInNs = nowNs;
    }

    /** Has {@code newObserver} told when it may have come online, gone offline, or become busy or idle. */
    public void observe(Consumer<ClientSession> newObserver) {
        observer = newObserver;
    }

    private void onChanged() {
        observer.accept(this);
    }

    /** A call rings here, is placed here, or no longer: both sides may have become busy or idle. */
    private void onCallChanged(Call call) {
        onChanged();
        if (call.caller instanceof ClientSession caller) {
            caller.onChanged();
        }
    }

    /**
     * Notes a new connection.
     *
     * @param answers whether others can ring it
     * @param agreedMs the heartbeat interval agreed on, in milliseconds
     */
    public void connect(SessionChannel newChannel, boolean answers, int agreedMs, long nowNs) {
        channel = newChannel;
        heartbeatMs = agreedMs;
        remote = newChannel.remote();
        phone = answers;
        heardNs = nowNs;
        onChanged();
    }

    /** Returns the heartbeat interval agreed on with the client, in milliseconds. */
    public int heartbeatMs() {
        return heartbeatMs;
    }

    /** Returns the silence after which the connection is taken to be dead, in milliseconds ({@code protocol.md}, section 3). */
    public long longestSilenceMs() {
        return heartbeatMs * 7L / 2;
    }

    /** Notes that the connection is gone; the client may reconnect. */
    public void disconnect(long nowNs) {
        channel = null;
        lostNs = nowNs;
        onChanged();
    }

    /** Notes what the client's {@code hello} says about its program, and what it has received. */
    public void onHello(ClientMessage.Hello hello) {
        features = hello.features();
        onReceived(hello.received());
    }

    /**
     * Notes that the client sent something. From a client that does not count what it receives, this is taken to mean that
     * all earlier messages have arrived.
     */
    public void onHeard(long nowNs) {
        heardNs = nowNs;
        if (!features.contains(SessionFeature.ACK)) {
            sent.confirmAll();
        }
    }

    /** Notes how many messages about calls the client has received in this session. */
    public void onReceived(long count) {
        if (features.contains(SessionFeature.ACK)) {
            sent.confirm(count);
        }
    }

    /** {@inheritDoc} Messages about calls are kept until the client has reconnected or is known to have received them. */
    @Override
    public void send(RelayMessage message) {
        if (message.isAboutCall()) {
            sent.add(message);
        }
        if (channel != null) {
            channel.send(message);
        }
    }

    /** Tells the client that the relay is about to stop, if its program understands that. */
    public void tellDraining(RelayMessage.Draining notice) {
        if (knowsDraining()) {
            send(notice);
        }
    }

    /** Returns whether the client's program understands that the relay is about to stop. */
    boolean knowsDraining() {
        return features.contains(SessionFeature.DRAIN);
    }

    /** {@inheritDoc} For messages that are not about calls. */
    @Override
    public void sendAll(List<RelayMessage> messages) {
        if (channel != null) {
            channel.sendAll(messages);
        }
    }

    /** {@inheritDoc} For messages that are not about calls. */
    @Override
    public void sendPages(Iterator<RelayMessage> pages) {
        if (channel != null) {
            channel.sendPages(pages);
        }
    }

    /** Sends again, on the current connection, what may have been lost with the last one; returns it. */
    List<RelayMessage> repeatUnconfirmed() {
        SessionChannel current = channel;
        List<RelayMessage> repeated = sent.unconfirmed();
        if (current != null) {
            repeated.forEach(current::send);
        }
        return repeated;
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public long id() {
        return media.id;
    }

    /** Returns the id in hexadecimal. */
    public String idText() {
        return HexFormat.of().toHexDigits(media.id);
    }

    /** Returns the key of its bind datagrams, in hexadecimal. */
    public String keyText() {
        return media.binding.keyText();
    }

    /** Returns the address of its current or last connection, as text. */
    public String from() {
        return IpText.of(remote);
    }

    @Override
    public String callerId() {
        return client.name();
    }

    @Override
    public String fingerprint() {
        return client.fingerprint();
    }

    @Override
    public Flow flow() {
        return media.flow;
    }

    /** Returns the host of its current or last connection. */
    @Override
    public InetAddress address() {
        return remote.getAddress();
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    /** Returns its connection; null: none. */
    public @Nullable SessionChannel channel() {
        return channel;
    }

    /** Returns whether it understands {@link RelayMessage.Legs}. */
    boolean understandsLegs() {
        return features.contains(SessionFeature.LEGS);
    }

    @Override
    public boolean isPhone() {
        return phone;
    }

    /** Returns whether its program shows further callers while it rings or is in a call. */
    boolean hasCallWaiting() {
        return features.contains(SessionFeature.CALL_WAITING);
    }

    /**
     * Returns whether it is a phone that is not in use. Whoever waits for somebody who is offline does not use the phone,
     * if it has call waiting.
     */
    @Override
    public boolean isIdle() {
        return phone
                && isAvailable()
                && ringing.isEmpty()
                && placing.stream().allMatch(call -> hasCallWaiting() && call.phase == Call.Phase.WAITING);
    }

    /** Returns whether it would ring for {@code call} now: it is idle, or has call waiting and does not ring for that caller. */
    boolean mayRingFor(Call call) {
        return isIdle()
                || phone
                        && isConnected()
                        && hasCallWaiting()
                        && ringing.size() < MAX_RINGING
                        && ringing.stream().noneMatch(other -> other.caller.isSameUser(call.caller));
    }

    /**
     * Returns whether it is a phone whose user is or may be there, although it does not ring. With call waiting, a phone that
     * has lost its connection during a call rings when it returns.
     */
    boolean isReachable() {
        return phone && (channel != null || activeCall != null && !hasCallWaiting());
    }

    @Override
    public boolean isInCall() {
        return activeCall != null;
    }

    @Override
    public @Nullable Call activeCall() {
        return activeCall;
    }

    @Override
    public void setActiveCall(@Nullable Call call) {
        activeCall = call;
        onChanged();
    }

    @Override
    public @Nullable InetSocketAddress source() {
        return source;
    }

    /** Notes where its media comes from; null: not bound. */
    public void setSource(@Nullable InetSocketAddress newSource) {
        source = newSource;
    }

    /** Returns whether its media goes through its TLS connection. */
    public boolean isTunnelled() {
        return tunnelled;
    }

    /** Returns the counter up to which bind datagrams are ignored while its media is tunnelled. */
    public long tunnelledAfter() {
        return tunnelledAfter;
    }

    /** Notes that its media goes through its TLS connection, and up to which counter bind datagrams are ignored. */
    public void useTunnel(long after) {
        tunnelled = true;
        tunnelledAfter = after;
    }

    /** Notes that its media goes over UDP. */
    public void useUdp() {
        tunnelled = false;
    }

    /** Ends the session; whatever still arrives for it is ignored. */
    public void end() {
        ended = true;
        channel = null;
        onChanged();
    }

    @Override
    public long signedInNs() {
        return signedInNs;
    }

    @Override
    public long heardNs() {
        return heardNs;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    /** Returns the time since the client last sent something, in milliseconds. */
    public long silentMs(long nowNs) {
        return (nowNs - heardNs) / NS_PER_MS;
    }

    /** Returns the time since the connection was lost, in milliseconds; meaningless while there is one. */
    public long lostMs(long nowNs) {
        return (nowNs - lostNs) / NS_PER_MS;
    }

    /** Returns its current status, for the relay's screen and log. */
    public RelayEvent.ClientStatus status(long nowNs) {
        FlowStats stats = media.flow.status;
        String target =
                placing.isEmpty() ? "" : placing.iterator().next().target.toString();
        CallParty peer = activeCall == null ? null : activeCall.other(this);
        return new RelayEvent.ClientStatus(
                toString(),
                peer == null ? target : peer.callerId(),
                peer == null ? null : peer.toString(),
                (nowNs - signedInNs) / NS_PER_MS,
                stats.packets(),
                stats.bytes(),
                (nowNs - (stats.isHeard() ? stats.lastHeardNs() : signedInNs)) / NS_PER_MS);
    }

    /** Returns the name, and the media address or, if unknown, that of the connection: {@code dora 192.0.2.1:5000}. */
    @Override
    public String toString() {
        return client.name() + " " + IpText.of(source != null ? source : remote);
    }
}
