package voiptui.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.CallEvent.MicLevel;
import voiptui.event.CallEvent.RelayFailed;
import voiptui.event.CallEvent.SpeakerLevel;

class EventBusTest {

    private final EventBus bus = new EventBus();

    private static Event fact(int number) {
        return new RelayFailed("fact", "", number);
    }

    private static List<Event> drain(Subscription subscription) {
        List<Event> events = new ArrayList<>();
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            events.add(event);
        }
        return events;
    }

    @Test
    void shouldDeliverAllFactsInOrderToEverySubscriber() {
        Subscription first = bus.subscribe();
        Subscription second = bus.subscribe();
        List<Event> facts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            facts.add(fact(i));
            bus.publish(facts.get(i));
        }

        assertThat(drain(first)).isEqualTo(facts);
        assertThat(drain(second)).isEqualTo(facts);
    }

    @Test
    void shouldKeepOnlyTheLatestReadingOfEachType() {
        Subscription subscription = bus.subscribe();
        for (int i = 0; i < 1000; i++) {
            bus.publish(new MicLevel(-i, -i, false));
            bus.publish(new SpeakerLevel(-i, -i));
        }

        assertThat(drain(subscription))
                .containsExactlyInAnyOrder(new MicLevel(-999, -999, false), new SpeakerLevel(-999, -999));
        assertThat(subscription.poll()).isNull();
    }

    @Test
    void shouldKeepReadingsFromThoseWhoWantNone() {
        Subscription subscription = bus.subscribe(Subscription.Readings.NONE);
        bus.publish(new MicLevel(-1, -1, false));
        bus.publish(fact(1));
        bus.publish(new SpeakerLevel(-1, -1));

        assertThat(drain(subscription)).containsExactly(fact(1));
    }

    /** Some thirty readings a second must not wake a thread that prints a line an hour. */
    @Test
    void shouldWakeForFactsOnlyWhereReadingsCanWait() {
        List<Thread> woken = new ArrayList<>();
        Subscription subscription = new Subscription(Subscription.Readings.WHEN_POLLED, closed -> {}, woken::add);
        subscription.poll(0);
        subscription.offer(new MicLevel(-1, -1, false));

        assertThat(woken).isEmpty();
        assertThat(subscription.poll()).isEqualTo(new MicLevel(-1, -1, false));

        subscription.offer(fact(1));
        assertThat(woken).containsExactly(Thread.currentThread());
    }

    @Test
    void shouldDeliverFactsBeforeReadings() {
        Subscription subscription = bus.subscribe();
        bus.publish(new MicLevel(-1, -1, false));
        bus.publish(fact(1));

        assertThat(drain(subscription)).containsExactly(fact(1), new MicLevel(-1, -1, false));
    }

    @Test
    void shouldDeliverNothingFromBeforeTheSubscription() {
        bus.publish(fact(1));
        Subscription subscription = bus.subscribe();
        bus.publish(fact(2));

        assertThat(drain(subscription)).containsExactly(fact(2));
    }

    @Test
    void shouldDeliverWhatCameBeforeTheClosingAndNothingAfter() {
        Subscription subscription = bus.subscribe();
        bus.publish(fact(1));
        subscription.close();
        bus.publish(fact(2));
        subscription.offer(fact(3));

        assertThat(subscription.isClosed()).isTrue();
        assertThat(subscription.poll(10_000)).isEqualTo(fact(1));
        assertThat(subscription.poll(10_000)).as("at once, without waiting").isNull();
    }

    @Test
    void shouldIgnoreASecondClose() {
        Subscription subscription = bus.subscribe();
        subscription.close();
        subscription.close();

        assertThat(subscription.isClosed()).isTrue();
    }

    @Test
    @Timeout(30)
    void shouldWakeAWaitingSubscriber() throws InterruptedException {
        Subscription subscription = bus.subscribe();
        AtomicReference<Event> got = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        Thread poller = new Thread(
                () -> {
                    got.set(subscription.poll(60_000));
                    over.countDown();
                },
                "poller");
        poller.setDaemon(true);
        poller.start();
        bus.publish(fact(1));

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(got.get()).isEqualTo(fact(1));
    }

    @Test
    @Timeout(30)
    void shouldWakeAWaitingSubscriberOnClose() throws InterruptedException {
        Subscription subscription = bus.subscribe();
        CountDownLatch over = new CountDownLatch(1);
        Thread poller = new Thread(
                () -> {
                    subscription.poll(60_000);
                    over.countDown();
                },
                "poller");
        poller.setDaemon(true);
        poller.start();
        subscription.close();

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldGiveUpWhenTheThreadIsInterrupted() {
        Subscription subscription = bus.subscribe();
        Thread.currentThread().interrupt();
        try {
            assertThat(subscription.poll(60_000)).isNull();
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }

    @Test
    @Timeout(60)
    void shouldLoseNoFactOfManyPublishers() throws InterruptedException {
        int publishers = 4;
        int each = 20_000;
        Subscription subscription = bus.subscribe();
        for (int p = 0; p < publishers; p++) {
            String name = "publisher" + p;
            Thread thread = new Thread(
                    () -> {
                        for (int i = 0; i < each; i++) {
                            bus.publish(new RelayFailed(name, "", i));
                            bus.publish(new MicLevel(-i, -i, false));
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }

        Map<String, Integer> next = new HashMap<>();
        for (int facts = 0; facts < publishers * each; ) {
            Event event = subscription.poll(30_000);
            assertThat(event).as("event after %d facts", facts).isNotNull();
            if (event instanceof RelayFailed fact) {
                assertThat(fact.failures())
                        .as("in order for %s", fact.request())
                        .isEqualTo(next.merge(fact.request(), 1, Integer::sum) - 1);
                facts++;
            }
        }
    }
}
