package voiptui.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Identity;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;

/**
 * One of many v2 phones: signs in, watches its contacts, pings at the heartbeat interval and answers every call with Opus.
 *
 * <p>Its messages belong to a thread of Netty's; it has none of its own. Any thread may call its methods.
 */
public final class LightPhone {

    /** Pongs received by all phones. */
    public static final AtomicLong PONGS = new AtomicLong();
    /** Contacts received by all phones, in lists and one by one. */
    public static final AtomicLong CONTACTS = new AtomicLong();

    private static final int CONNECT_MS = 20_000;
    private static final double NS_PER_MS = 1e6;
    private static final MediaOffer OFFER = new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE);

    private final @Nullable InetAddress from;
    private final String name;
    private final boolean watches;
    private final String instance = randomHex(8);
    private final CompletableFuture<RelayMessage.Welcome> welcome = new CompletableFuture<>();
    private final CompletableFuture<RelayMessage.Connected> connected = new CompletableFuture<>();
    private volatile @Nullable Channel channel;
    private volatile double slowestPongMs;
    private volatile @Nullable String refusal;
    private long pingedNs;

    /**
     * Creates a phone that is not signed in.
     *
     * @param from its address, of this machine; null: chosen by the system
     * @param watches whether it subscribes to contacts and presence, as phones do
     */
    public LightPhone(@Nullable InetAddress from, String name, boolean watches) {
        this.from = from;
        this.name = name;
        this.watches = watches;
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Returns its address; null: chosen by the system. */
    public @Nullable InetAddress from() {
        return from;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns what is done when the relay has welcomed it, and fails when it has not. */
    public CompletableFuture<RelayMessage.Welcome> welcome() {
        return welcome;
    }

    /** Returns what is done when it is connected with somebody. */
    public CompletableFuture<RelayMessage.Connected> connected() {
        return connected;
    }

    /** Returns the longest round trip of a ping so far, in milliseconds. */
    public double slowestPongMs() {
        return slowestPongMs;
    }

    /** Returns the code with which the relay refused it or sent it away; null: it did not. */
    public @Nullable String refusal() {
        return refusal;
    }

    /** Forgets the round trips so far. */
    public void clearPongs() {
        slowestPongMs = 0;
    }

    /** Connects to the relay and signs in; see {@link #welcome}. */
    public void signIn(EventLoopGroup loops, InetSocketAddress relay, Identity identity) {
        SSLEngine tls = identity.sslContext().createSSLEngine();
        tls.setUseClientMode(true);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        opened.pipeline()
                                .addLast(
                                        new SslHandler(tls),
                                        new LengthFieldBasedFrameDecoder(
                                                0xffff + FrameHeader.BYTES, 1, FrameHeader.BYTES - 1),
                                        new Reader());
                    }
                });
        (from == null ? bootstrap.connect(relay) : bootstrap.connect(relay, new InetSocketAddress(from, 0)))
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        welcome.completeExceptionally(connecting.cause());
                    }
                });
    }

    /** Calls another one. */
    public void call(String to) {
        send(new ClientMessage.Call(randomHex(16), to, OFFER));
    }

    /** Reads nothing more from the connection. */
    public void stopReading() {
        Channel open = channel;
        if (open != null) {
            open.config().setAutoRead(false);
        }
    }

    /** Returns whether the connection is open, as far as is known here. */
    public boolean isConnected() {
        Channel open = channel;
        return open != null && open.isActive();
    }

    /** Closes the connection without a bye. */
    public void close() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    /** Pings at once, besides the heartbeat. */
    public void pingSoon() {
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(this::ping);
        }
    }

    private void ping() {
        if (isConnected()) {
            pingedNs = System.nanoTime();
            send(new ClientMessage.Ping(1));
        }
    }

    /** Sends a message. Nothing happens when there is no connection, or the relay does not read. */
    public void send(ClientMessage message) {
        Channel open = channel;
        if (open != null && open.isWritable()) {
            open.writeAndFlush(
                    Unpooled.wrappedBuffer(FrameHeader.frame(FrameHeader.JSON, MessageJson.write(message))),
                    open.voidPromise());
        }
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            send(new ClientMessage.Hello(ClientMessage.VERSION, name, instance, true, MediaFeatures.NONE));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            int type = frame.readUnsignedByte();
            frame.skipBytes(FrameHeader.BYTES - 1);
            if (type == FrameHeader.JSON) {
                MessageJson.readRelay(ByteBufUtil.getBytes(frame)).ifPresent(message -> obey(context, message));
            }
        }

        private void obey(ChannelHandlerContext context, RelayMessage message) {
            if (message instanceof RelayMessage.Welcome welcomed) {
                onWelcome(context, welcomed);
            } else if (message instanceof RelayMessage.Pong) {
                PONGS.incrementAndGet();
                slowestPongMs = Math.max(slowestPongMs, (System.nanoTime() - pingedNs) / NS_PER_MS);
            } else if (message instanceof RelayMessage.Contacts listed) {
                CONTACTS.addAndGet(listed.contacts().size());
            } else if (message instanceof RelayMessage.Presence) {
                CONTACTS.incrementAndGet();
            } else if (message instanceof RelayMessage.Incoming incoming) {
                send(new ClientMessage.Accept(incoming.call(), OFFER));
            } else if (message instanceof RelayMessage.Connected call) {
                connected.complete(call);
            } else if (message instanceof RelayMessage.Error error) {
                refusal = error.code().wire();
                fail(error.code().wire() + ": " + error.text());
            } else if (message instanceof RelayMessage.Ended ended) {
                fail("the call ended: " + ended.reason().wire());
            }
        }

        private void onWelcome(ChannelHandlerContext context, RelayMessage.Welcome welcomed) {
            if (watches) {
                send(new ClientMessage.Watch());
            }
            context.executor()
                    .scheduleAtFixedRate(
                            LightPhone.this::ping,
                            ThreadLocalRandom.current().nextLong(welcomed.heartbeatMs()),
                            welcomed.heartbeatMs(),
                            TimeUnit.MILLISECONDS);
            welcome.complete(welcomed);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail("the relay closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(cause.toString());
            context.close();
        }

        private void fail(String why) {
            welcome.completeExceptionally(new IllegalStateException(name + ": " + why));
            connected.completeExceptionally(new IllegalStateException(name + ": " + why));
        }
    }
}
