package voiptui.relay.control.limit;

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
 * Keeps the listening socket working when accepting fails because file descriptors ran out: closes the oldest pending
 * connections, pauses accepting for 100 ms, and warns at most once a minute. Also closes connections from rejected
 * addresses unread. Owned by the control thread.
 */
public final class AcceptThrottle extends ChannelInboundHandlerAdapter {

    private static final int PAUSE_MS = 100;
    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** A quarter of the pending connections is closed to make room. */
    private static final int DIVISOR = 4;

    private final PendingConnections pending;
    private final Predicate<InetAddress> rejects;
    private final EventBus events;
    private final RateLimiter warnings;

    /**
     * Creates a throttle.
     *
     * @param pending the connections that may be closed
     * @param rejects whether connections from an address are closed at once
     */
    public AcceptThrottle(
            PendingConnections pending, Predicate<InetAddress> rejects, EventBus events, NanoClock clock) {
        this.pending = pending;
        this.rejects = rejects;
        this.events = events;
        this.warnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel connection = (Channel) accepted;
        if (connection.remoteAddress() instanceof InetSocketAddress remote && rejects.test(remote.getAddress())) {
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
        pending.expire(Math.max(1, pending.size() / DIVISOR));
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_MS, TimeUnit.MILLISECONDS);
    }
}
