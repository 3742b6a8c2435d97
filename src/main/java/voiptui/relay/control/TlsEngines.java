package voiptui.relay.control;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.natives.TlsLibrary;

/**
 * The implementations of TLS that a relay may use. Version 1.3 only, with self-signed certificates on both sides.
 *
 * <p>BoringSSL, where its library can be loaded: it keeps the state of a connection outside the heap, a few kB, and takes a tenth of the
 * time for a handshake. Java's own everywhere else.
 */
public enum TlsEngines {

    /** BoringSSL, through Netty. Without session tickets: a handshake costs little more than a resumption. */
    NATIVE {
        @Override
        SslContext forServer(Identity identity) throws IOException {
            SslContext context = builder(identity, SslProvider.OPENSSL_REFCNT)
                    .option(OpenSslContextOption.USE_TASKS, true)
                    .build();
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        }
    },

    /** Java's. */
    JAVA {
        @Override
        SslContext forServer(Identity identity) throws IOException {
            return builder(identity, SslProvider.JDK)
                    .sessionCacheSize(CACHED_SESSIONS)
                    .sessionTimeout(TICKET_LIFETIME_S)
                    .build();
        }
    };

    /** The smallest possible cache of TLS sessions: clients resume with tickets that they keep themselves. */
    private static final int CACHED_SESSIONS = 1;

    private static final int TICKET_LIFETIME_S = 3_600;

    /** Loads the library once. */
    private static final class Native {
        private static final boolean IS_AVAILABLE = load();

        private static boolean load() {
            try {
                TlsLibrary.load();
                return OpenSsl.isAvailable();
            } catch (LinkageError missing) {
                return false;
            }
        }
    }

    /** Returns the best that this platform has. Reads a file when first called. Any thread. */
    public static TlsEngines best() {
        return Native.IS_AVAILABLE ? NATIVE : JAVA;
    }

    /**
     * Returns what a relay with this identity needs to accept connections.
     *
     * @throws IOException if the Java runtime lacks TLS 1.3 or the key's algorithm
     */
    abstract SslContext forServer(Identity identity) throws IOException;

    private static SslContextBuilder builder(Identity identity, SslProvider provider) {
        return SslContextBuilder.forServer(identity.key(), identity.certificate())
                .sslProvider(provider)
                .protocols(Identity.TLS_VERSION)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new SelfSignedTrustManager());
    }
}
