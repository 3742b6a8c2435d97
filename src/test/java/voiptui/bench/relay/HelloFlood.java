package voiptui.bench.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import voiptui.testkit.ClassicPeer;

/** Classic {@code HELLO}s from one address, each with another port, {@value #PER_SECOND} a second. */
final class HelloFlood implements Attack {

    private static final int PER_SECOND = 1_000;
    private static final int AT_ONCE = 500;
    private static final String FROM = "127.5.0.1";

    private final InetSocketAddress relay;
    private final String target;
    private final EventLoopGroup loops;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, AtomicLong> replies = new ConcurrentHashMap<>();
    private long made;

    /** Creates a flood that asks for {@code target}, an IP address. */
    HelloFlood(InetSocketAddress relay, String target, EventLoopGroup loops) {
        this.relay = relay;
        this.target = target;
        this.loops = loops;
    }

    @Override
    public String name() {
        return "classic HELLOs";
    }

    @Override
    public void turn() {
        for (int i = 0; i < PER_SECOND * AttackBench.TURN_MS / 1_000; i++) {
            if (open.get() < AT_ONCE) {
                connect(10_000 + (int) (made++ % 50_000));
            }
        }
    }

    private void connect(int udpPort) {
        open.incrementAndGet();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new Hello(udpPort))
                .connect(relay, new InetSocketAddress(FROM, 0))
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        open.decrementAndGet();
                        refused.incrementAndGet();
                    }
                });
    }

    @Override
    public String done(double seconds) {
        return String.format(
                Locale.ROOT,
                "%.0f HELLOs a second, %d not connected, replies %s",
                made / seconds,
                refused.get(),
                replies);
    }

    @Override
    public void close() {
        // Each connection ends with the relay's reply or its time limit.
    }

    private final class Hello extends ChannelInboundHandlerAdapter {

        private final int udpPort;

        Hello(int udpPort) {
            this.udpPort = udpPort;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(ClassicPeer.helloBytes(udpPort, target)));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            String reply = ((ByteBuf) message).toString(StandardCharsets.US_ASCII);
            replies.computeIfAbsent(reply, text -> new AtomicLong()).incrementAndGet();
            ReferenceCountUtil.release(message);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open.decrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
