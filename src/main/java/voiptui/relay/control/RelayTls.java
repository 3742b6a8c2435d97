package voiptui.relay.control;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import voiptui.identity.AnyIdentity;
import voiptui.identity.Identity;

/**
 * TLS as the relay speaks it: 1.3 alone, both sides showing a certificate of their own making.
 *
 * <p>The arithmetic of handshakes, some milliseconds for each, is done on the thread {@code relay-tls}, so that many who come
 * at once do not keep the control thread from those who are there; that thread is there only while it is needed.
 */
public final class RelayTls implements AutoCloseable {

    private static final int CLOSE_MS = 1_000;
    private static final int IDLE_THREAD_S = 10;
    /** As good as none: a session is one connection. Tickets, which the client keeps, serve those that come back. */
    private static final int SESSIONS_KEPT = 1;

    private static final int TICKET_LIFETIME_S = 3_600;

    /**
     * Where Netty tells, with a stack trace, of a handshake that fails after its client is gone already: whoever likes could
     * fill the log with that. Failures are counted. Held here, since a logger that nobody holds forgets its level.
     */
    private static final Logger UNHANDLED = Logger.getLogger("io.netty.channel.DefaultChannelPipeline");

    private final SslContext context;
    private final ThreadPoolExecutor handshakes;

    /**
     * Prepares it.
     *
     * @param identity who the relay is
     * @throws IOException when the Java machine lacks what it takes
     */
    public RelayTls(Identity identity) throws IOException {
        UNHANDLED.setLevel(Level.OFF);
        context = SslContextBuilder.forServer(identity.key(), identity.certificate())
                .sslProvider(SslProvider.JDK)
                .protocols(Identity.TLS_VERSION)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new AnyIdentity())
                .sessionCacheSize(SESSIONS_KEPT)
                .sessionTimeout(TICKET_LIFETIME_S)
                .build();
        handshakes = new ThreadPoolExecutor(
                1,
                1,
                IDLE_THREAD_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new FastThreadLocalThread(task, "relay-tls"));
        handshakes.allowCoreThreadTimeOut(true);
    }

    /** What does TLS for one connection. */
    SslHandler handlerFor(Channel channel, int handshakeMs) {
        SslHandler handler = context.newHandler(channel.alloc(), handshakes);
        handler.setHandshakeTimeoutMillis(handshakeMs);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MS);
        return handler;
    }

    /** Begins no more handshakes. */
    @Override
    public void close() {
        handshakes.shutdownNow();
    }
}
