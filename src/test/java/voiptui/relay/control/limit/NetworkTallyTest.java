package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;

class NetworkTallyTest {

    private final NetworkTally<String> tally = new NetworkTally<>();

    private void add(String item, String address) {
        tally.add(item, IpText.parse(address).orElseThrow());
    }

    private String evict() {
        String victim = tally.oldestOfGreatest().orElseThrow();
        tally.remove(victim);
        return victim;
    }

    @Test
    void shouldNameTheOldestOfAllWhileEverybodyHoldsOne() {
        add("a", "192.0.2.1");
        add("b", "192.0.2.2");
        add("c", "2001:db8::1");
        assertThat(List.of(evict(), evict(), evict())).containsExactly("a", "b", "c");
        assertThat(tally.oldestOfGreatest()).isEmpty();
    }

    @Test
    void shouldNameTheOldestOfTheAddressThatHoldsMost() {
        add("old", "192.0.2.1");
        add("m1", "192.0.2.66");
        add("m2", "192.0.2.66");
        add("m3", "192.0.2.66");
        add("new", "192.0.2.2");
        assertThat(List.of(evict(), evict())).containsExactly("m1", "m2");
        assertThat(tally.size()).isEqualTo(3);
    }

    @Test
    void shouldCountLargerIpv6Networks() {
        add("two-1", "2001:db8:1::1");
        add("two-2", "2001:db8:1::1");
        add("spread-1", "2001:db8:2:100::1");
        add("spread-2", "2001:db8:2:101::1");
        add("spread-3", "2001:db8:2:200::1");
        assertThat(evict()).as("the /56 with two of the /48 with three").isEqualTo("spread-1");
        assertThat(tally.size()).isEqualTo(4);
    }

    @Test
    void shouldAgreeWithASimpleCount() {
        Random random = new Random(1);
        Map<String, List<String>> simple = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String address = "192.0.2." + random.nextInt(20);
            if (random.nextInt(3) > 0) {
                add("item" + i, address);
                simple.computeIfAbsent(address, none -> new ArrayList<>()).add("item" + i);
            } else if (tally.size() > 0) {
                int most = simple.values().stream().mapToInt(List::size).max().orElseThrow();
                String victim = evict();
                List<String> owner = simple.values().stream()
                        .filter(items -> items.contains(victim))
                        .findFirst()
                        .orElseThrow();
                assertThat(owner).hasSize(most).startsWith(victim);
                owner.remove(victim);
            }
        }
        assertThat(tally.size())
                .isEqualTo(simple.values().stream().mapToInt(List::size).sum());
    }
}
