package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Sits on the listening socket and keeps it going when accepting fails, which is when file descriptors run out: makes
 * room by ending the oldest connections, pauses for a moment instead of failing again at once, and tells of it once a
 * minute. Closes unheard what comes from an address that is turned away. Owned by the control thread.
 */
public final class AcceptThrottle extends ChannelInboundHandlerAdapter {

    private static final int PAUSE_MS = 100;
    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** One part of so many of the open connections is ended to make room. */
    private static final int PART_TO_END = 4;

    private final PendingConnections connections;
    private final Predicate<InetAddress> turnsAway;
    private final EventBus events;
    private final RateLimiter warnings;

    /**
     * Guards.
     *
     * @param turnsAway whether a connection from there is closed at once
     */
    public AcceptThrottle(
            PendingConnections connections, Predicate<InetAddress> turnsAway, EventBus events, NanoClock clock) {
        this.connections = connections;
        this.turnsAway = turnsAway;
        this.events = events;
        this.warnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel connection = (Channel) accepted;
        if (connection.remoteAddress() instanceof InetSocketAddress remote && turnsAway.test(remote.getAddress())) {
            connection.unsafe().closeForcibly();
            return;
        }
        ctx.fireChannelRead(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (warnings.allows()) {
            events.publish(new RelayEvent.Warning("cannot accept a control connection: " + cause.getMessage()));
        }
        connections.expireOldest(Math.max(1, connections.size() / PART_TO_END));
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_MS, TimeUnit.MILLISECONDS);
    }
}
