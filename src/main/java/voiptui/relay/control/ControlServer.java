package voiptui.relay.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import voiptui.relay.control.limit.AcceptThrottle;
import voiptui.relay.control.limit.PendingConnections;

/** The listening TCP socket: accepts control connections and sets up the pipeline of each. */
public final class ControlServer implements AutoCloseable {

    /** How long to wait for the listening socket to be closed: the control thread may have died. */
    private static final long CLOSE_MS = 2_000;

    private static final int BACKLOG = 1_024;
    /** Few: a connection closed for a new one keeps its file descriptor until all of these are accepted. */
    private static final int ACCEPTS_PER_LOOP = 4;
    /** The first read buffer: a classic message fits. Connections that send more get up to a TLS record. */
    private static final int FIRST_READ_BYTES = 64;

    private static final int MAX_READ_BYTES = 16 * 1024;

    private final Channel listener;

    private ControlServer(Channel listener) {
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @param loop the control thread
     * @param address where to listen; port 0: any free port
     * @param timeoutMs how long a classic connection may take to send its message, in milliseconds
     * @param requests answers classic messages
     * @param pending the connections of both protocols that nobody has signed in on
     * @param throttle handles failures to accept
     * @param acceptor sets up v2 connections
     * @param proxies reads what load balancers tell about their connections
     * @throws IOException if the port is in use or the address is not this machine's
     */
    public static ControlServer listen(
            EventLoop loop,
            InetSocketAddress address,
            int timeoutMs,
            ClassicRequestHandler requests,
            PendingConnections pending,
            AcceptThrottle throttle,
            TlsAcceptor acceptor,
            ProxyHeaders proxies)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTS_PER_LOOP))
                .handler(throttle)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Messages are short and rare: buffer pools would only hold memory.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(FIRST_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (proxies.isExpected(channel)) {
                            proxies.read(channel, () -> addHandlers(channel));
                        } else {
                            addHandlers(channel);
                        }
                    }

                    private void addHandlers(SocketChannel channel) {
                        ClassicConnection connection = new ClassicConnection(requests, timeoutMs);
                        channel.pipeline().addLast(new ProtocolDetector(acceptor, connection), connection);
                        pending.add(channel, connection::expire);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException failed ? failed : new IOException(bound.cause());
        }
        return new ControlServer(bound.channel());
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops accepting connections. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_MS);
    }
}
