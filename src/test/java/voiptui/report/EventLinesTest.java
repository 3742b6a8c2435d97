package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription.Readings;

@Timeout(30)
class EventLinesTest {

    private final EventBus bus = new EventBus();
    private final List<Event> printed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldPrintUpToTheLastEventAndNothingAfterIt() throws InterruptedException {
        EventLines lines = EventLines.start(bus, "lines", printed::add, CallEvent.Summary.class::isInstance);
        SampleEvents.CALL.forEach(bus::publish);
        bus.publish(new CallEvent.PeerRestarted());
        lines.awaitLast();

        Event summary = SampleEvents.CALL.get(SampleEvents.CALL.size() - 1);
        assertThat(printed).endsWith(summary);
        assertThat(printed.stream().filter(event -> !event.isReading()).toList())
                .isEqualTo(SampleEvents.CALL.stream()
                        .filter(event -> !event.isReading())
                        .toList());
    }

    @Test
    void shouldPrintWhatHasComeBeforeItIsClosed() {
        EventLines lines = EventLines.start(bus, "lines", printed::add, event -> false);
        bus.publish(new CallEvent.MuteChanged(true));
        lines.close();
        bus.publish(new CallEvent.MuteChanged(false));

        assertThat(printed).containsExactly(new CallEvent.MuteChanged(true));
    }

    @Test
    void shouldLookForWhatDoesNotComeFromTheBus() throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(3);
        EventLines.Printer printer = new EventLines.Printer() {
            @Override
            public void onEvent(Event event) {
                printed.add(event);
            }

            @Override
            public Readings readings() {
                return Readings.WHEN_POLLED;
            }

            @Override
            public void onIdle() {
                idle.countDown();
            }
        };
        try (EventLines lines = EventLines.start(bus, "lines", printer, event -> false)) {
            assertThat(idle.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
