package voiptui.relay.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
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

class MemberTrustTest {

    private static final int MOST_FLIGHTS = 20;

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
        boolean moved = true;
        for (int flight = 0; moved && flight < MOST_FLIGHTS; flight++) {
            moved = pass(other, one) | pass(one, other);
        }
        return accepted.handshakeFuture().isSuccess();
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean moved = false;
        for (ByteBuf sent = from.readOutbound(); sent != null; sent = from.readOutbound()) {
            moved = true;
            try {
                to.writeInbound(sent);
            } catch (Exception refusal) {
                // The other side has said why, in an alert.
            }
        }
        return moved;
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
