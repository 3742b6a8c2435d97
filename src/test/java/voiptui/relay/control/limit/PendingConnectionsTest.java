package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;

class PendingConnectionsTest {

    private final PendingConnections pending = new PendingConnections(10);
    private final List<Channel> expired = new ArrayList<>();

    private Channel connect(String from) {
        Channel channel = channel(from);
        pending.add(channel, () -> expired.add(channel));
        return channel;
    }

    private static Channel channel(String from) {
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(from, 40_000);
            }
        };
    }

    @Test
    void shouldCloseAConnectionOfTheAddressThatHoldsMost() {
        Channel oldest = connect("192.0.2.1");
        List<Channel> attack = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            attack.add(connect("192.0.2.66"));
        }
        Channel newcomer = connect("192.0.2.2");

        assertThat(expired).containsExactly(attack.get(0));
        assertThat(attack.get(0).isOpen()).isFalse();
        assertThat(oldest.isOpen()).isTrue();
        assertThat(newcomer.isOpen()).isTrue();
    }

    @Test
    void shouldKeepOthersHoweverManyOneAddressOpens() {
        List<Channel> others = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            others.add(connect("192.0.2." + i));
        }
        for (int i = 0; i < 1_000; i++) {
            connect("192.0.2.66");
        }
        pending.expire(5);
        assertThat(others).allMatch(Channel::isOpen);
        assertThat(pending.size()).isEqualTo(5);
    }

    @Test
    void shouldCloseThoseWithoutACompleteMessageFirst() {
        Channel engaged = connect("192.0.2.66");
        pending.engage(engaged);
        Channel more = connect("192.0.2.66");
        pending.engage(more);
        Channel silent = connect("192.0.2.1");
        assertThat(pending.crowd(IpText.parse("192.0.2.66").orElseThrow())).isEqualTo(2);

        pending.expire(2);
        assertThat(expired).containsExactly(silent, engaged);
        assertThat(pending.size()).isEqualTo(1);
        more.close();
        pending.engage(more);
        assertThat(pending.size()).isZero();
        assertThat(pending.crowd(IpText.parse("192.0.2.66").orElseThrow())).isZero();
    }

    @Test
    void shouldForgetWhatIsClosedOrSignedIn() {
        connect("192.0.2.1").close();
        pending.release(connect("192.0.2.1"));
        assertThat(pending.size()).isZero();
        pending.expire(3);
        assertThat(expired).isEmpty();
    }

    @Test
    void shouldForgetAConnectionThatComesBackAndCloses() {
        Channel channel = connect("192.0.2.1");
        pending.release(channel);
        assertThat(pending.size()).isZero();

        pending.add(channel, () -> expired.add(channel));
        channel.close();
        assertThat(pending.size()).isZero();
        assertThat(pending.crowd(IpText.parse("192.0.2.1").orElseThrow())).isZero();
    }
}
