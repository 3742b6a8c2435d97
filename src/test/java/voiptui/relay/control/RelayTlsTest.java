package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;
import voiptui.testkit.RawTlsClient;

class RelayTlsTest {

    private static final int PATIENCE_MS = 60_000;

    private final HandshakeThread thread = new HandshakeThread();
    private final AtomicInteger computing = new AtomicInteger();
    private final AtomicInteger computed = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private RelayTls tls;

    /** Runs nothing before it is told to: the thread that is busy with the handshakes of others. */
    private static final class HandshakeThread extends AbstractExecutorService {

        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void catchUp() {
            List.copyOf(tasks).forEach(Runnable::run);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return tasks;
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @BeforeEach
    void sendClientHello() throws Exception {
        tls = new RelayTls(new RelayIdentity(Identity.create()), TlsEngines.JAVA, thread);
        channel.pipeline()
                .addLast(tls.handlerFor(channel, PATIENCE_MS, computing::incrementAndGet, computed::incrementAndGet));
        channel.writeInbound(Unpooled.wrappedBuffer(clientHello()));
        assertThat(thread.tasks).as("what the answer costs").hasSize(1);
        assertThat(computing).hasValue(1);
    }

    @AfterEach
    void close() {
        channel.close();
        channel.releaseOutbound();
        tls.close();
    }

    private static ByteBuffer clientHello() throws SSLException {
        SSLEngine client = RawTlsClient.contextOf(null).createSSLEngine();
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }

    @Test
    void shouldComputeForAClientThatWaits() {
        thread.catchUp();
        channel.runPendingTasks();

        assertThat(computed).hasValueGreaterThanOrEqualTo(1);
        assertThat(channel.outboundMessages()).as("the relay's answer").isNotEmpty();
    }

    /** A flood leaves nothing to do once its connections are closed. */
    @Test
    void shouldComputeNothingForAConnectionThatIsClosed() {
        // As a reset does: without the goodbye of TLS.
        channel.unsafe().close(channel.newPromise());
        channel.releaseOutbound();
        thread.catchUp();
        channel.runPendingTasks();

        assertThat(computed).hasValue(0);
        assertThat(channel.outboundMessages()).isEmpty();
    }
}
