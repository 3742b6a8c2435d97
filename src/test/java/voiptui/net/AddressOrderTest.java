package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {

    private static List<InetAddress> addresses(String text) {
        return Arrays.stream(text.split(" "))
                .map(word -> IpText.parse(word).orElseThrow())
                .toList();
    }

    private static String text(List<InetAddress> addresses) {
        return String.join(" ", addresses.stream().map(IpText::of).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1 2001:db8::1, 2001:db8::1 192.0.2.1",
        "192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2, 2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2",
        "192.0.2.1 2001:db8::1 2001:db8::2 2001:db8::3, 2001:db8::1 192.0.2.1 2001:db8::2 2001:db8::3",
        "fd00::1 192.0.2.1, 192.0.2.1 fd00::1",
        "2002::1 2001::1 192.0.2.1 2001:db8::1, 2001:db8::1 192.0.2.1 2002::1 2001::1"
    })
    void shouldTryIpv6FirstAndThenTheFamiliesInTurn(String resolved, String order) {
        assertThat(text(AddressOrder.sort(addresses(resolved), address -> true)))
                .isEqualTo(order);
    }

    @Test
    void shouldTryAddressesWithoutARouteLast() {
        Set<InetAddress> routed = Set.copyOf(addresses("192.0.2.1 192.0.2.2"));

        assertThat(text(AddressOrder.sort(addresses("2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2"), routed::contains)))
                .isEqualTo("192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2");
    }

    @Test
    void shouldMoveOneFamilyToTheFront() {
        List<InetAddress> order = addresses("2001:db8::1 192.0.2.1 2001:db8::2");

        assertThat(text(AddressOrder.familyFirst(order, order.get(1)))).isEqualTo("192.0.2.1 2001:db8::1 2001:db8::2");
        assertThat(text(AddressOrder.familyFirst(order, order.get(0)))).isEqualTo("2001:db8::1 2001:db8::2 192.0.2.1");
    }
}
