package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;
import voiptui.protocol.RelayMessage;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.control.limit.HandshakeLimiter;
import voiptui.relay.control.limit.PendingConnections;
import voiptui.testkit.ManualClock;

/** What a connection sends, over a network that takes it when the test says so. */
class ClientConnectionTest {

    private static final int PATIENCE_MS = 5_000;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final SlowNetwork network = new SlowNetwork();
    private final EmbeddedChannel channel = new EmbeddedChannel(network) {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("192.0.2.1", 40_000);
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress("192.0.2.254", 8_888);
        }
    };
    private RelayTls tls;
    private ClientConnection connection;

    private static final class SlowNetwork extends ChannelOutboundHandlerAdapter {

        private final List<ChannelPromise> waiting = new ArrayList<>();
        private int written;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ((ByteBuf) message).release();
            waiting.add(promise);
            written++;
        }

        @Override
        public void flush(ChannelHandlerContext context) {}

        ChannelPromise next() {
            return waiting.remove(0);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        ConnectionLimits limits = ConnectionLimits.defaults();
        tls = new RelayTls(new RelayIdentity(Identity.create()));
        connection = new ClientConnection(
                channel,
                tls.handlerFor(channel, PATIENCE_MS, () -> {}, () -> {}),
                false,
                new ConnectionContext(
                        null,
                        new PendingConnections(10),
                        new ConnectionErrors(
                                new HandshakeLimiter(limits, clock), counters, new RefusalLog(new EventBus(), clock)),
                        limits,
                        new MessageEncoder(),
                        tls::proof,
                        clock));
    }

    @AfterEach
    void close() {
        channel.close();
        tls.close();
    }

    private static List<RelayMessage> pages(int count) {
        return IntStream.range(0, count)
                .<RelayMessage>mapToObj(page -> new RelayMessage.Contacts(List.of(), page < count - 1))
                .toList();
    }

    /** A list of any length waits at the relay, page by page, instead of in buffers that would overflow. */
    @Test
    void shouldSendTheNextPageOnceTheLastIsWritten() {
        connection.sendPages(pages(3).iterator());
        assertThat(network.written).isEqualTo(1);
        channel.runPendingTasks();
        assertThat(network.written).as("nothing was taken yet").isEqualTo(1);

        network.next().setSuccess();
        assertThat(network.written).isEqualTo(2);
        network.next().setSuccess();
        assertThat(network.written).isEqualTo(3);
        network.next().setSuccess();
        assertThat(network.written).isEqualTo(3);
        assertThat(counters.get(Counter.CONTROL_NOT_READING)).isZero();
    }

    @Test
    void shouldSendNoMorePagesWhenTheConnectionIsGone() {
        connection.sendPages(pages(3).iterator());
        network.next().setFailure(new ClosedChannelException());

        assertThat(network.written).isEqualTo(1);
    }
}
