package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostAddressesTest {

    private static final HostPort HOST = new HostPort("relay.example", 8888);
    private static final long LONG_MS = 30_000;

    private List<InetAddress> known = addresses("127.0.0.1");
    private final List<String> threads = new ArrayList<>();
    private final NameService names = host -> {
        threads.add(Thread.currentThread().getName());
        if (known.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return known;
    };

    private static List<InetAddress> addresses(String text) {
        return Arrays.stream(text.split(" "))
                .map(word -> IpText.parse(word).orElseThrow())
                .toList();
    }

    private static InetAddress address(String text) {
        return addresses(text).get(0);
    }

    private static String text(List<InetSocketAddress> addresses) {
        return String.join(" ", addresses.stream().map(IpText::of).toList());
    }

    @Test
    void shouldFollowANameThatMoves() throws Exception {
        HostAddresses relay = new HostAddresses(HOST, null, names);
        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.1:8888");
        relay.onWorking(address("127.0.0.1"));
        known = addresses("127.0.0.2");

        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.2:8888");
        assertThat(threads).containsOnly("voiptui-resolve").hasSize(2);
    }

    @Test
    void shouldUseTheAddressesOfLastTimeWhileNoNameServerAnswers() throws Exception {
        HostAddresses relay = new HostAddresses(HOST, null, names);
        relay.find(LONG_MS);
        known = List.of();

        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.1:8888");
    }

    @Test
    void shouldSayThatTheHostIsUnknown() {
        known = List.of();

        assertThatThrownBy(() -> new HostAddresses(HOST, null, names).find(LONG_MS))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("unknown host 'relay.example'; check the name, or give its address");
    }

    @Test
    void shouldNotWaitForAResolverThatHangsNorStartAnother() {
        AtomicInteger lookUps = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        HostAddresses relay = new HostAddresses(HOST, null, host -> {
            lookUps.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> relay.find(20))
                    .hasMessage("no answer from the name service about 'relay.example' within 20 ms");
        }
        end.countDown();

        assertThat(lookUps.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldTryFirstWhatWorkedAndLastWhatWasUseless() throws Exception {
        known = addresses("127.0.0.1 127.0.0.2 127.0.0.3");
        HostAddresses relay = new HostAddresses(HOST, null, names);
        relay.find(LONG_MS);
        relay.onUseless(address("127.0.0.1"));
        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.2:8888 127.0.0.3:8888 127.0.0.1:8888");
        relay.onWorking(address("127.0.0.3"));
        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.3:8888 127.0.0.1:8888 127.0.0.2:8888");
        assertThat(IpText.of(relay.preferred())).isEqualTo("127.0.0.3:8888");
        relay.onUseless(address("127.0.0.3"));

        assertThat(text(relay.find(LONG_MS))).isEqualTo("127.0.0.1:8888 127.0.0.2:8888 127.0.0.3:8888");
    }

    @Test
    void shouldKeepToTheFamilyOfTheLocalAddress() throws Exception {
        known = addresses("::1 127.0.0.1");
        assertThat(text(new HostAddresses(HOST, address("127.0.0.1"), names).find(LONG_MS)))
                .isEqualTo("127.0.0.1:8888");
        assertThat(text(new HostAddresses(HOST, address("::1"), names).find(LONG_MS)))
                .isEqualTo("[::1]:8888");
        known = addresses("127.0.0.1");

        assertThatThrownBy(() -> new HostAddresses(HOST, address("::1"), names).find(LONG_MS))
                .hasMessage("'relay.example' has no IPv6 address, but --bind ::1 requires one");
    }

    @Test
    void shouldPreferTheFamilyOfThePeer() throws Exception {
        known = addresses("::1 127.0.0.1 127.0.0.2");
        HostAddresses relay = new HostAddresses(HOST, null, names);

        assertThat(text(relay.preferring(address("192.0.2.1")).find(LONG_MS)))
                .isEqualTo("127.0.0.1:8888 127.0.0.2:8888 [::1]:8888");
        assertThat(text(relay.preferring(address("2001:db8::1")).find(LONG_MS))).startsWith("[::1]:8888");
    }

    @Test
    void shouldTryNoMoreThanEightAddresses() throws Exception {
        known = addresses("127.0.0.1 127.0.0.2 127.0.0.3 127.0.0.4 127.0.0.5 127.0.0.6 127.0.0.7 127.0.0.8 127.0.0.9");

        assertThat(new HostAddresses(HOST, null, names).find(LONG_MS)).hasSize(8);
    }

    @Test
    void shouldNotLookUpAnAddress() throws Exception {
        HostAddresses literal = new HostAddresses(new HostPort("::1", 8888), null, NameService.SYSTEM);

        assertThat(text(literal.find(LONG_MS))).isEqualTo("[::1]:8888");
        assertThat(text(HostAddresses.of(new InetSocketAddress("127.0.0.1", 1)).find(LONG_MS)))
                .isEqualTo("127.0.0.1:1");
    }

    @Test
    void shouldExplainThatALinkLocalAddressNeedsItsInterface() {
        assertThatThrownBy(
                        () -> new HostAddresses(new HostPort("fe80::1", 8888), null, NameService.SYSTEM).find(LONG_MS))
                .hasMessageMatching("fe80::1 is a link-local address: add the interface that it is reached through, "
                        + "for example fe80::1%[0-9A-Za-z_.-]+");
    }

    @Test
    void shouldKnowNoAddressBeforeTheFirstLookUp() {
        HostAddresses relay = new HostAddresses(HOST, null, names);

        assertThat(relay.latest()).isEmpty();
        assertThat(relay.preferred().isUnresolved()).isTrue();
    }
}
