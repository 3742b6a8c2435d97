package voiptui.relay.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.testkit.TlsExchange;

class MemberTrustTest {

    private final Identity north = Identity.create();
    private final Identity south = Identity.create();
    private final List<Fingerprint> refused = new ArrayList<>();
    private final MemberTrust norths = new MemberTrust(refused::add);
    private final MemberTrust souths = new MemberTrust(refused::add);
    private final SSLContext northern = norths.context(north);
    private final SSLContext southern = souths.context(south);

    /** Returns whether north accepts a connection of south. */
    private boolean connects() {
        SSLEngine server = northern.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        SSLEngine client = southern.createSSLEngine("north.example", 8890);
        client.setUseClientMode(true);
        SslHandler accepted = new SslHandler(server);
        EmbeddedChannel one = new EmbeddedChannel(accepted);
        EmbeddedChannel other = new EmbeddedChannel(new SslHandler(client));
        TlsExchange.exchange(other, one);
        return accepted.handshakeFuture().isSuccess();
    }

    @Test
    void shouldAcceptOnlyWhomTheOperatorAllows() {
        souths.allow(Set.of(north.fingerprint()));

        assertThat(connects()).isFalse();
        assertThat(refused).containsExactly(south.fingerprint());
        norths.allow(Set.of(south.fingerprint()));
        assertThat(connects()).isTrue();
    }

    @Test
    void shouldRefuseAFormerMemberThatWasConnected() {
        souths.allow(Set.of(north.fingerprint()));
        norths.allow(Set.of(south.fingerprint()));
        assertThat(connects()).isTrue();

        norths.allow(Set.of());
        assertThat(connects()).isFalse();
    }
}
