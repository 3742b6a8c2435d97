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
        add("b", "198.51.100.2");
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
    void shouldCountIpv4Neighbours() {
        add("one", "192.0.2.1");
        add("spread-1", "198.51.100.1");
        add("spread-2", "198.51.100.2");
        add("other", "203.0.113.1");
        assertThat(List.of(evict(), evict())).containsExactly("spread-1", "one");
    }

    @Test
    void shouldTellHowCrowdedTheNetworksOfAnAddressAre() {
        for (int i = 1; i <= 100; i++) {
            add("v4-" + i, "192.0.2." + i);
            add("v6-" + i, "2001:db8:1:" + Integer.toHexString(i) + "00::1");
        }
        add("twice", "192.0.2.7");
        assertThat(crowd("192.0.2.7")).as("half of those of the /24").isEqualTo(50);
        assertThat(crowd("192.0.2.200")).isEqualTo(50);
        assertThat(crowd("192.0.3.1")).isZero();
        assertThat(crowd("2001:db8:1:ffff::1"))
                .as("a quarter of those of the /48")
                .isEqualTo(25);
        for (int i = 0; i < 60; i++) {
            add("many-" + i, "203.0.113.1");
        }
        assertThat(crowd("203.0.113.1")).isEqualTo(60);
        assertThat(crowd("203.0.113.2")).isEqualTo(30);
    }

    private int crowd(String address) {
        return tally.crowd(IpText.parse(address).orElseThrow());
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
