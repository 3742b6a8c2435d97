package voiptui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackAddressesTest {

    @Test
    void shouldGiveEachPhoneAnAddressAndFindThePhoneByIt() throws IOException {
        Set<InetAddress> given = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            InetAddress address = LoopbackAddresses.of(i);
            assertThat(LoopbackAddresses.indexOf(
                            ByteBuffer.wrap(address.getAddress()).getInt()))
                    .isEqualTo(i);
            given.add(address);
        }
        assertThat(given).hasSize(200_000).allMatch(InetAddress::isLoopbackAddress);
        assertThat(LoopbackAddresses.indexOf(0x7f000001)).as("the relay's own").isNegative();
    }
}
