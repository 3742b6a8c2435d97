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
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Takes control connections: the listening TCP socket and what is set up for each connection. */
public final class ControlServer implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    /** Few, since a connection that had to go for a new one keeps its file descriptor until all of these are taken. */
    private static final int ACCEPTS_AT_ONCE = 4;
    /** A classic message fits; a connection that has more to say gets more room at a time, up to a TLS record. */
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
     * @param bind the address to listen on, or {@code null} for all
     * @param port the port, or 0 for any free one
     * @param timeoutMs how long one connection may take to say its message
     * @param reception where connections of the second protocol are led, or {@code null} where only classic is spoken
     * @throws IOException when the port is taken or the address is not this machine's
     */
    public static ControlServer listen(
            EventLoop loop,
            InetAddress bind,
            int port,
            int timeoutMs,
            ClassicRequestHandler desk,
            PendingConnections connections,
            AcceptThrottle guard,
            TlsAcceptor reception)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTS_AT_ONCE))
                .handler(guard)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Messages are a few bytes and few: pools of buffers would only hold memory.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(FIRST_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ClassicConnection connection = new ClassicConnection(desk, timeoutMs);
                        if (reception != null) {
                            channel.pipeline().addLast(new ProtocolDetector(reception, connection));
                        }
                        channel.pipeline().addLast(connection);
                        connections.add(channel, connection::expire);
                    }
                })
                .bind(bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException failed ? failed : new IOException(bound.cause());
        }
        return new ControlServer(bound.channel());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Accepts no more connections. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
    }
}
