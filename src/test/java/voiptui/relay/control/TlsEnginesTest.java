package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TlsExchange;

/** Both implementations of TLS, as far as this platform has them, with Java's as the client. */
class TlsEnginesTest {

    private final Identity relay = Identity.create();
    private final Identity client = Identity.create();

    static Stream<TlsEngines> available() {
        return Arrays.stream(TlsEngines.values())
                .filter(engines -> engines == TlsEngines.JAVA || TlsEngines.best() == engines);
    }

    private SslHandler server(TlsEngines engines) throws Exception {
        SslContext context = engines.forServer(relay);
        return context.newHandler(UnpooledByteBufAllocator.DEFAULT, Runnable::run);
    }

    private static SslHandler client(SSLEngine engine) {
        engine.setUseClientMode(true);
        return new SslHandler(engine);
    }

    @ParameterizedTest
    @MethodSource("available")
    void shouldKnowTheClientByItsCertificate(TlsEngines engines) throws Exception {
        SslHandler server = server(engines);
        SslHandler phone = client(client.sslContext().createSSLEngine());
        EmbeddedChannel relaySide = new EmbeddedChannel(server);
        EmbeddedChannel phoneSide = new EmbeddedChannel(phone);

        TlsExchange.exchange(phoneSide, relaySide);

        assertThat(server.handshakeFuture().isSuccess()).isTrue();
        SSLSession session = server.engine().getSession();
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(SelfSignedTrustManager.fingerprint(session)).isEqualTo(client.fingerprint());
        assertThat(SelfSignedTrustManager.fingerprint(phone.engine().getSession()))
                .isEqualTo(relay.fingerprint());
        phoneSide.writeOutbound(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
        TlsExchange.exchange(phoneSide, relaySide);
        ByteBuf heard = relaySide.readInbound();
        assertThat(heard.toString(StandardCharsets.US_ASCII)).isEqualTo("hello");
        heard.release();
        relaySide.finishAndReleaseAll();
        phoneSide.finishAndReleaseAll();
    }

    @ParameterizedTest
    @MethodSource("available")
    void shouldRefuseAClientWithoutACertificate(TlsEngines engines) throws Exception {
        SslHandler server = server(engines);
        EmbeddedChannel relaySide = new EmbeddedChannel(server);
        EmbeddedChannel phoneSide =
                new EmbeddedChannel(client(RawTlsClient.contextOf(null).createSSLEngine()));

        TlsExchange.exchange(phoneSide, relaySide);

        assertThat(server.handshakeFuture().cause()).isNotNull();
        phoneSide.close();
        relaySide.close();
    }

    @ParameterizedTest
    @MethodSource("available")
    void shouldRefuseOlderVersions(TlsEngines engines) throws Exception {
        SslHandler server = server(engines);
        SSLEngine old = client.sslContext().createSSLEngine();
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        EmbeddedChannel relaySide = new EmbeddedChannel(server);
        EmbeddedChannel phoneSide = new EmbeddedChannel(client(old));

        TlsExchange.exchange(phoneSide, relaySide);

        assertThat(server.handshakeFuture().cause()).isNotNull();
        phoneSide.close();
        relaySide.close();
    }
}
