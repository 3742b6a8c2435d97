package voiptui.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.time.NanoClock;

/**
 * Sits on the listening socket and keeps it going when accepting fails, which is when file descriptors run out: makes
 * room by ending the oldest connections, pauses for a moment instead of failing again at once, and tells of it once a
 * minute. Owned by the control thread.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter {

    private static final int PAUSE_MS = 100;
    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** One part of so many of the open connections is ended to make room. */
    private static final int PART_TO_END = 4;

    private final ConnectionCap connections;
    private final EventBus events;
    private final EventLimit warnings;

    AcceptGuard(ConnectionCap connections, EventBus events, NanoClock clock) {
        this.connections = connections;
        this.events = events;
        this.warnings = new EventLimit(1, WARNING_INTERVAL_NS, clock);
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
