package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.SessionHandler;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Where connections of the second protocol are received: turns away who asks for too much, lets the others prove who they
 * are, and leads them to the {@link SessionHandler}; counts what was refused, and says so on the bus, a few times a second at
 * most. Owned by the control thread.
 */
public final class TlsAcceptor {

    private static final int REFUSALS_PER_SECOND = 10;
    private static final long SECOND_NS = 1_000_000_000L;
    /** What may wait for a client that does not read: above what the longest list of contacts takes at once. */
    private static final WriteBufferWaterMark BACKLOG_BYTES = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final RelayTls tls;
    private final SessionHandler desk;
    private final ConnectionLimits limits;
    private final HandshakeLimiter addresses;
    private final PendingConnections strangers;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    private final RateLimiter refusals;
    private final RateLimiter failures;

    /**
     * Opens it.
     *
     * @param strangers the connections that nobody has signed in on, of both protocols
     */
    public TlsAcceptor(
            RelayTls tls,
            SessionHandler desk,
            ConnectionLimits limits,
            PendingConnections strangers,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.tls = tls;
        this.desk = desk;
        this.limits = limits;
        this.addresses = new HandshakeLimiter(limits, clock);
        this.strangers = strangers;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
        this.refusals = new RateLimiter(REFUSALS_PER_SECOND, SECOND_NS, clock);
        this.failures = new RateLimiter(1, 60 * SECOND_NS, clock);
    }

    /** Whether connections from there are closed unheard for now. */
    public boolean isTurnedAway(InetAddress address) {
        return addresses.isTurnedAway(address);
    }

    /** Counts a connection that was closed unheard. */
    public void onTurnedAway() {
        counters.increment(Counter.CONTROL_LIMITED);
    }

    /** Sets a connection up that began with a ClientHello, or closes it. */
    void receive(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        if (remote == null || !channel.isActive()) {
            channel.close();
            return;
        }
        if (!addresses.beginHandshake(remote.getAddress())) {
            onTurnedAway();
            refuse(remote, "too-many", "there are too many connections from its address");
            channel.close();
            return;
        }
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        channel.config().setWriteBufferWaterMark(BACKLOG_BYTES);
        SslHandler ssl = tls.handlerFor(channel, limits.handshakeMs());
        ClientConnection connection = new ClientConnection(this, ssl, limits, clock);
        channel.pipeline().addLast(ssl, new ControlFrameDecoder(), connection);
        ssl.handshakeFuture().addListener(over -> onHandshake(remote, over.cause()));
        strangers.add(channel, connection::expire);
    }

    private void onHandshake(InetSocketAddress remote, Throwable failure) {
        addresses.endHandshake(remote.getAddress());
        if (failure == null) {
            counters.increment(Counter.TLS_HANDSHAKES);
            return;
        }
        counters.increment(Counter.TLS_FAILED);
        addresses.noteFailure(remote.getAddress());
    }

    /** Somebody proved a certificate and said {@code hello}. */
    Optional<ClientSession> signIn(ClientMessage.Hello hello, Fingerprint fingerprint, ClientConnection connection) {
        Optional<ClientSession> station = desk.signIn(hello, fingerprint.text(), connection);
        if (station.isPresent()) {
            strangers.release(connection.channel());
        }
        return station;
    }

    void onMessage(ClientSession station, ClientMessage message) {
        desk.onMessage(station, message);
    }

    void onTunnelled(ClientSession station, byte[] datagram) {
        desk.onTunnelled(station, datagram);
    }

    void onDisconnected(ClientSession station, ClientConnection connection) {
        desk.onDisconnected(station, connection);
    }

    /** Notes that a connection said what is no message. */
    void onNonsense(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_INVALID);
        refuse(from, "bad-message", "that is no message of the protocol");
    }

    /** Notes that nobody said {@code hello} after a handshake. */
    void onSilence(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_TIMEOUT);
        addresses.noteFailure(from.getAddress());
        refuse(from, "timeout", "it said nothing in time");
    }

    /** Notes that a client does not read what it is told. */
    void onDeafness(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_NOT_READING);
        refuse(from, "closed", "it does not read what it is told");
    }

    /** Tells of a fault of ours, once a minute. */
    void onFault(Throwable fault) {
        if (failures.allows()) {
            events.publish(new RelayEvent.Warning("a message met an internal error: " + fault));
        }
    }

    private void refuse(InetSocketAddress from, String reply, String why) {
        if (refusals.allows()) {
            events.publish(new RelayEvent.Refused(IpText.of(from), reply, why));
        }
    }
}
