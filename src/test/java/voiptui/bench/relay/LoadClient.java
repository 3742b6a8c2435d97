package voiptui.bench.relay;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
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
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import voiptui.testkit.V2Frames;
import voiptui.testkit.V2Peer;

/**
 * One of many v2 clients: signs in, watches its contacts, pings at the heartbeat interval and answers every call with Opus.
 *
 * <p>Its messages belong to a thread of Netty's. Any thread may call its methods.
 */
final class LoadClient {

    /** Pongs received by all clients. */
    static final AtomicLong PONGS = new AtomicLong();
    /** Contacts received by all clients, in lists and one by one. */
    static final AtomicLong CONTACTS = new AtomicLong();

    final String ip;
    final String name;
    /** Done when the relay has welcomed it; failed when it has not. */
    final CompletableFuture<JsonObject> welcome = new CompletableFuture<>();
    /** Done when it is connected with somebody. */
    final CompletableFuture<JsonObject> connected = new CompletableFuture<>();

    private final boolean watches;
    private final String instance = V2Peer.randomHex(8);
    private volatile Channel channel;
    private volatile double slowestPongMs;
    /** The code of the relay's refusal; null: none. */
    private volatile String refusal;

    private long pingedNs;

    /**
     * Creates a client that is not signed in.
     *
     * @param ip its address, of this machine
     * @param watches whether it subscribes to contacts and presence, as phones do
     */
    LoadClient(String ip, String name, boolean watches) {
        this.ip = ip;
        this.name = name;
        this.watches = watches;
    }

    /** Returns the longest round trip of a ping so far, in milliseconds. */
    double slowestPongMs() {
        return slowestPongMs;
    }

    /** Returns the code with which the relay refused it or sent it away; null: it did not. */
    String refusal() {
        return refusal;
    }

    /** Forgets the round trips so far. */
    void clearPongs() {
        slowestPongMs = 0;
    }

    /** Connects to the relay from its own address and signs in; see {@link #welcome}. */
    void signIn(EventLoopGroup loops, InetSocketAddress relay, SslContext tls) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 20_000)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        opened.pipeline()
                                .addLast(
                                        tls.newHandler(opened.alloc()),
                                        new LengthFieldBasedFrameDecoder(65_538, 1, 2),
                                        new Reader());
                    }
                });
        bootstrap.connect(relay, new InetSocketAddress(ip, 0)).addListener(connecting -> {
            if (!connecting.isSuccess()) {
                welcome.completeExceptionally(connecting.cause());
            }
        });
    }

    /** Calls another one. */
    void call(String to) {
        say("call", "call", V2Peer.randomHex(16), "to", to, "codecs", List.of("opus"));
    }

    /** Reads nothing more from the connection. */
    void stopReading() {
        channel.config().setAutoRead(false);
    }

    /** Returns whether the connection is open, as far as is known here. */
    boolean isConnected() {
        Channel open = channel;
        return open != null && open.isActive();
    }

    /** Closes the connection without a bye. */
    void close() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    /** Pings at once, besides the heartbeat. */
    void pingSoon() {
        channel.eventLoop().execute(this::ping);
    }

    private void ping() {
        if (channel.isActive()) {
            pingedNs = System.nanoTime();
            say("ping", "id", 1);
        }
    }

    /** Sends a message; fields as in {@link V2Peer#message}. Nothing happens when the connection is closed. */
    void say(String type, Object... fields) {
        Channel open = channel;
        if (!open.isWritable()) {
            return;
        }
        open.writeAndFlush(
                Unpooled.wrappedBuffer(
                        V2Frames.frame(V2Peer.message(type, fields).toString())),
                open.voidPromise());
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            say("hello", "version", 2, "name", name, "instance", instance, "answers", true);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            int type = frame.readUnsignedByte();
            frame.skipBytes(2);
            if (type == V2Frames.JSON) {
                obey(
                        context,
                        JsonParser.parseString(frame.toString(StandardCharsets.UTF_8))
                                .getAsJsonObject());
            }
        }

        private void obey(ChannelHandlerContext context, JsonObject message) {
            switch (message.get("type").getAsString()) {
                case "welcome" -> {
                    int heartbeatMs = message.get("heartbeatMs").getAsInt();
                    if (watches) {
                        say("watch");
                    }
                    context.executor()
                            .scheduleAtFixedRate(
                                    LoadClient.this::ping,
                                    (long) (Math.random() * heartbeatMs),
                                    heartbeatMs,
                                    TimeUnit.MILLISECONDS);
                    welcome.complete(message);
                }
                case "pong" -> {
                    PONGS.incrementAndGet();
                    slowestPongMs = Math.max(slowestPongMs, (System.nanoTime() - pingedNs) / 1e6);
                }
                case "contacts" ->
                    CONTACTS.addAndGet(message.getAsJsonArray("contacts").size());
                case "presence" -> CONTACTS.incrementAndGet();
                case "incoming" -> say("accept", "call", message.get("call").getAsString(), "codecs", List.of("opus"));
                case "connected" -> connected.complete(message);
                case "error" -> {
                    refusal = message.get("code").getAsString();
                    fail(message.toString());
                }
                case "ended" -> fail(message.toString());
                default -> {}
            }
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
