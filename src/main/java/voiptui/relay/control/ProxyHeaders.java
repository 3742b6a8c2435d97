package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.relay.control.limit.PeerAddress;
import voiptui.time.NanoClock;

/**
 * Reads the header of the PROXY protocol, version 2, with which load balancers begin a connection to tell the client's address. A
 * connection from their networks must begin with one; no other is believed. Owned by the control thread.
 */
public final class ProxyHeaders {

    /** How long the header may take, in milliseconds: a balancer sends it at once. */
    static final int HEADER_MS = 5_000;
    /** The most bytes of additional fields, which are ignored. */
    private static final int MAX_FIELDS_BYTES = 4_096;

    private final List<IpNetwork> balancers;
    private final Predicate<InetAddress> rejects;
    private final Counters counters;
    private final RefusalLog refusals;

    /**
     * Creates the reader of a relay that is starting.
     *
     * @param balancers the networks of the load balancers; none: there are none
     * @param rejects whether connections from a client's address are closed at once
     */
    public ProxyHeaders(
            List<IpNetwork> balancers,
            Predicate<InetAddress> rejects,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.balancers = List.copyOf(balancers);
        this.rejects = rejects;
        this.counters = counters;
        this.refusals = new RefusalLog(events, clock);
    }

    /** Returns whether a connection comes from a load balancer. */
    boolean isExpected(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote && isBalancer(remote.getAddress());
    }

    /** Returns whether a load balancer has that address. */
    public boolean isBalancer(InetAddress address) {
        return balancers.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Has the header read.
     *
     * @param proceed adds the handlers of the connection to the pipeline, once the client's address is known
     */
    void read(Channel channel, Runnable proceed) {
        channel.pipeline().addLast(new HAProxyMessageDecoder(MAX_FIELDS_BYTES), new Header(proceed));
    }

    /** Waits for the header of one connection. */
    private final class Header extends ChannelInboundHandlerAdapter {

        private final Runnable proceed;
        private @Nullable Future<?> deadline;
        private boolean done;

        Header(Runnable proceed) {
            this.proceed = proceed;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            // The next handlers are told when the client's address is known.
            deadline = ctx.executor()
                    .schedule(() -> refuse(ctx, "no PROXY header in time"), HEADER_MS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) {
            if (!(received instanceof HAProxyMessage header)) {
                ctx.fireChannelRead(received);
                return;
            }
            try {
                onHeader(ctx, header);
            } finally {
                header.release();
            }
        }

        private void onHeader(ChannelHandlerContext ctx, HAProxyMessage header) {
            boolean isTold =
                    header.protocolVersion() == HAProxyProtocolVersion.V2 && header.command() == HAProxyCommand.PROXY;
            Optional<InetSocketAddress> client = isTold ? addressIn(header) : Optional.empty();
            if (header.protocolVersion() != HAProxyProtocolVersion.V2) {
                refuse(ctx, "a PROXY header of version 1; use version 2");
            } else if (isTold && client.isEmpty()) {
                refuse(ctx, "a PROXY header without an IP address");
            } else if (client.isPresent() && rejects.test(client.get().getAddress())) {
                done = true;
                ctx.close();
            } else {
                // With the command LOCAL, the balancer itself is the client, and looks whether the relay is there.
                client.ifPresent(address -> PeerAddress.announce(ctx.channel(), address));
                proceed(ctx);
            }
        }

        private void proceed(ChannelHandlerContext ctx) {
            done = true;
            cancel();
            proceed.run();
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            refuse(ctx, "no valid PROXY header");
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            cancel();
            ctx.fireChannelInactive();
        }

        private void refuse(ChannelHandlerContext ctx, String reason) {
            if (!done) {
                done = true;
                cancel();
                counters.increment(Counter.CONTROL_NO_PROXY_HEADER);
                if (ctx.channel().remoteAddress() instanceof InetSocketAddress balancer) {
                    refusals.refused(balancer, "no-proxy-header", reason);
                }
            }
            ctx.close();
        }

        private void cancel() {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private static Optional<InetSocketAddress> addressIn(HAProxyMessage header) {
        return switch (header.proxiedProtocol()) {
            case TCP4, TCP6 ->
                Optional.ofNullable(header.sourceAddress())
                        .flatMap(IpText::parse)
                        .map(address -> new InetSocketAddress(address, header.sourcePort()));
            default -> Optional.empty();
        };
    }
}
