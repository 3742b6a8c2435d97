package voiptui.relay.media.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads are played by the test, which chooses who does the next step. */
class RequestQueueTest {

    private static final int ALL = 1_000;

    private final List<String> done = new ArrayList<>();

    private Runnable note(String what) {
        return () -> done.add(what);
    }

    @Test
    void shouldKeepWhatConcernsAFlowUntilItHasArrived() {
        RequestQueue<String> here = new RequestQueue<>();
        here.expect("flow", note("arrived"));
        here.add("flow", note("route"));
        here.add("other", note("other"));
        here.add(note("anything"));
        here.run(ALL);
        assertThat(done).containsExactly("other", "anything");

        here.handOver("flow");
        here.add("flow", note("close"));
        here.run(ALL);
        assertThat(done).containsExactly("other", "anything", "arrived", "route", "close");
    }

    @Test
    void shouldGoOnAfterARequestThatFails() {
        RequestQueue<String> here = new RequestQueue<>();
        here.expect("flow", note("arrived"));
        here.add("flow", () -> {
            throw new IllegalStateException("broken");
        });
        here.add("flow", note("close"));
        here.handOver("flow");
        assertThatThrownBy(() -> here.run(ALL)).hasMessage("broken");
        here.run(ALL);
        assertThat(done).containsExactly("arrived", "close");
    }

    @Test
    void shouldStopAfterAsManyAsItMay() {
        RequestQueue<String> here = new RequestQueue<>();
        here.add(note("1"));
        here.add(note("2"));
        here.add(note("3"));
        assertThat(here.run(2)).isTrue();
        assertThat(done).containsExactly("1", "2");
        assertThat(here.run(2)).isFalse();
        assertThat(here.isEmpty()).isTrue();
    }

    /** One flow, as its threads see it. */
    private static final class Flow {
        int home;
        int with;
        int asked;
        final List<Integer> carriedOut = new ArrayList<>();
    }

    /** Flows move between threads faster than these follow, back and forth, in any order of steps. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDoEverythingInOrderWhereTheFlowIs(int seed) {
        Random random = new Random(seed);
        List<RequestQueue<Flow>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new RequestQueue<>());
        }
        List<Flow> flows = List.of(new Flow(), new Flow(), new Flow());
        for (int step = 0; step < 20_000; step++) {
            Flow flow = flows.get(random.nextInt(flows.size()));
            switch (random.nextInt(4)) {
                case 0 -> move(threads, flow, random.nextInt(threads.size()));
                case 1 -> request(threads, flow);
                default -> threads.get(random.nextInt(threads.size())).run(1);
            }
        }
        for (boolean more = true; more; ) {
            more = false;
            for (RequestQueue<Flow> thread : threads) {
                thread.run(ALL);
            }
            for (RequestQueue<Flow> thread : threads) {
                more |= !thread.isEmpty();
            }
        }
        for (Flow flow : flows) {
            assertThat(flow.with).isEqualTo(flow.home);
            assertThat(flow.carriedOut).hasSize(flow.asked).isSorted().doesNotHaveDuplicates();
        }
    }

    private static void request(List<RequestQueue<Flow>> threads, Flow flow) {
        int number = flow.asked++;
        int at = flow.home;
        threads.get(at).add(flow, () -> {
            assertThat(flow.with).isEqualTo(at);
            flow.carriedOut.add(number);
        });
    }

    private static void move(List<RequestQueue<Flow>> threads, Flow flow, int to) {
        int from = flow.home;
        if (to == from) {
            return;
        }
        threads.get(to).expect(flow, () -> {
            assertThat(flow.with).as("with nobody on the way").isEqualTo(-1);
            flow.with = to;
        });
        flow.home = to;
        threads.get(from).add(flow, () -> {
            assertThat(flow.with).isEqualTo(from);
            flow.with = -1;
            threads.get(to).handOver(flow);
        });
    }
}
