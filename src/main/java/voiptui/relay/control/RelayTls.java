package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import voiptui.identity.RelayIdentity;
import voiptui.identity.RelayStatement;
import voiptui.protocol.RelayMessage;

/**
 * The relay's TLS: version 1.3 only, with self-signed certificates on both sides.
 *
 * <p>What takes long in handshakes is computed on the thread {@code relay-tls}, up to some milliseconds each, so that many at once do not keep
 * the control thread from signed-in clients. The thread runs only while it is needed.
 */
public final class RelayTls implements AutoCloseable {

    private static final int CLOSE_MS = 1_000;
    private static final int IDLE_THREAD_S = 10;
    /**
     * Netty's logger for handshakes that fail after the client is gone. Switched off, because any stranger could fill
     * the log with its stack traces; failures are counted. The reference keeps the logger, and its level, alive.
     */
    private static final Logger UNHANDLED = Logger.getLogger("io.netty.channel.DefaultChannelPipeline");

    private final TlsEngines engines;
    private volatile SslContext context;
    private volatile List<String> predecessors;
    /** By the fingerprint of the relay that vouches for this one. */
    private volatile Map<String, String> vouchers = Map.of();

    private final ExecutorService handshakes;

    /**
     * Sets up TLS.
     *
     * @param identity the relay's key and certificate
     * @throws IOException if the Java runtime lacks TLS 1.3 or the key's algorithm
     */
    public RelayTls(RelayIdentity identity) throws IOException {
        this(identity, TlsEngines.best(), handshakeThread());
    }

    /** As above, with an implementation of TLS, and what runs the computations of handshakes, which it stops in the end. */
    RelayTls(RelayIdentity identity, TlsEngines engines, ExecutorService handshakes) throws IOException {
        this.engines = engines;
        this.handshakes = handshakes;
        UNHANDLED.setLevel(Level.OFF);
        context = engines.forServer(identity.identity());
        predecessors = statements(identity);
    }

    /**
     * Presents another identity from now on; connections that there are stay. Any thread.
     *
     * @throws IOException as in the constructor
     */
    public void use(RelayIdentity identity) throws IOException {
        context = engines.forServer(identity.identity());
        predecessors = statements(identity);
    }

    private static List<String> statements(RelayIdentity identity) {
        return identity.predecessors().stream().map(RelayStatement::text).toList();
    }

    /** Replaces what other relays of the cluster have stated about this one, by their fingerprints. Any thread. */
    public void vouchedBy(Map<String, String> statements) {
        vouchers = Map.copyOf(statements);
    }

    /** Returns what shows a client that trusts another certificate, with this fingerprint, who this relay is. Any thread. */
    RelayMessage.Proof proof(String trusted) {
        return new RelayMessage.Proof(predecessors, vouchers.get(trusted));
    }

    private static ExecutorService handshakeThread() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_THREAD_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new FastThreadLocalThread(task, "relay-tls"));
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /**
     * Returns a new TLS handler for one connection. Nothing is computed for it once the connection is closed.
     *
     * @param onComputing called by the control thread when something is to be computed
     * @param onComputed called by the control thread when that is done
     */
    SslHandler handlerFor(Channel channel, int handshakeMs, Runnable onComputing, Runnable onComputed) {
        SslHandler handler = context.newHandler(channel.alloc(), task -> {
            if (channel.eventLoop().inEventLoop()) {
                onComputing.run();
            } else {
                channel.eventLoop().execute(onComputing);
            }
            handshakes.execute(() -> {
                // The client may have given up while others were served.
                if (channel.isOpen() && !channel.eventLoop().isShuttingDown()) {
                    task.run();
                    channel.eventLoop().execute(onComputed);
                }
            });
        });
        handler.setHandshakeTimeoutMillis(handshakeMs);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MS);
        return handler;
    }

    /** Stops the handshake thread. */
    @Override
    public void close() {
        handshakes.shutdownNow();
    }
}
