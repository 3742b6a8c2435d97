package voiptui.relay.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {

    private final AddressTable<String> table = new AddressTable<>();

    private String find(PackedAddress address) {
        return table.get(address.high(), address.low(), address.port());
    }

    @Test
    void shouldTellAddressesApartThatDifferInOnePart() {
        PackedAddress address = new PackedAddress(1, 2, 3, 0);
        table.put(address, "found");
        assertThat(find(address)).isEqualTo("found");
        assertThat(find(new PackedAddress(0, 2, 3, 0))).isNull();
        assertThat(find(new PackedAddress(1, 0, 3, 0))).isNull();
        assertThat(find(new PackedAddress(1, 2, 0, 0))).isNull();
    }

    @Test
    void shouldRemoveAnAddressOnlyFromItsOwner() {
        PackedAddress address = new PackedAddress(1, 2, 3, 0);
        String owner = new String("owner");
        table.put(address, owner);
        table.remove(address, new String("owner"));
        assertThat(find(address)).isSameAs(owner);
        table.remove(address, owner);
        assertThat(find(address)).isNull();
        assertThat(table.size()).isZero();
    }

    /** So few addresses and so many changes that entries collide, are pushed on, and move back. */
    @Test
    void shouldAgreeWithAMapAfterManyChanges() {
        Random random = new Random(5);
        Map<PackedAddress, String> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            PackedAddress address = new PackedAddress(random.nextInt(3), random.nextInt(20), random.nextInt(20), 0);
            String present = expected.get(address);
            if (random.nextBoolean()) {
                String value = "value " + i;
                expected.put(address, value);
                table.put(address, value);
            } else if (present != null) {
                expected.remove(address);
                table.remove(address, present);
            }
            assertThat(find(address)).isSameAs(expected.get(address));
            assertThat(table.size()).isEqualTo(expected.size());
        }
        for (int high = 0; high < 3; high++) {
            for (int low = 0; low < 20; low++) {
                for (int port = 0; port < 20; port++) {
                    PackedAddress address = new PackedAddress(high, low, port, 0);
                    assertThat(find(address)).isSameAs(expected.get(address));
                }
            }
        }
    }

    @Test
    void shouldForgetAll() {
        table.put(new PackedAddress(1, 2, 3, 0), "gone");
        table.clear();
        assertThat(find(new PackedAddress(1, 2, 3, 0))).isNull();
        assertThat(table.size()).isZero();
    }
}
