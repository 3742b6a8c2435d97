package voiptui.bench.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import voiptui.testkit.V2Identity;

/**
 * Unfinished TLS handshakes: a third of the connections send nothing, a third half a ClientHello, and a third a whole one. A
 * connection that the relay closes is replaced, as long as there are no more than {@value #PER_SECOND} new ones a second.
 */
final class HandshakeFlood implements Attack {

    private static final int PER_SECOND = 2_000;
    private static final int CONNECTIONS = 10_000;

    private final InetSocketAddress relay;
    private final int addresses;
    private final EventLoopGroup loops;
    private final byte[] hello = clientHello();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong opening = new AtomicLong();
    private final AtomicLong closedByRelay = new AtomicLong();
    private long made;

    /** Creates a flood from {@code addresses} addresses of 127.3.0.0/16. */
    HandshakeFlood(InetSocketAddress relay, int addresses, EventLoopGroup loops) throws SSLException {
        this.relay = relay;
        this.addresses = addresses;
        this.loops = loops;
    }

    @Override
    public String name() {
        return "handshakes from " + addresses;
    }

    private static byte[] clientHello() throws SSLException {
        SSLEngine engine = V2Identity.anonymousTls().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void turn() {
        for (int i = 0; i < PER_SECOND * AttackBench.TURN_MS / 1_000; i++) {
            if (opening.get() + open.size() < CONNECTIONS) {
                connect((int) made++);
            }
        }
    }

    private void connect(int number) {
        opening.incrementAndGet();
        byte[] bytes = switch (number % 3) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(hello, hello.length / 2);
            default -> hello;
        };
        int address = number % addresses;
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new Mute(bytes))
                .connect(relay, new InetSocketAddress("127.3." + address / 250 + "." + (address % 250 + 1), 0))
                .addListener(connecting -> opening.decrementAndGet());
    }

    @Override
    public String done(double seconds) {
        return String.format(
                Locale.ROOT, "%.0f connections a second, %d closed by the relay", made / seconds, closedByRelay.get());
    }

    @Override
    public void close() throws InterruptedException {
        open.close().await(10, TimeUnit.SECONDS);
    }

    /** Sends its bytes, and nothing more. */
    private final class Mute extends ChannelInboundHandlerAdapter {

        private final byte[] bytes;

        Mute(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            open.add(context.channel());
            if (bytes.length > 0) {
                context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closedByRelay.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
