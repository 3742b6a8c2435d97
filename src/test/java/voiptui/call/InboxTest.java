package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxTest {

    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    private final Inbox inbox = new Inbox(Thread.currentThread());
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldDoTheWorkInOrderWithWhatItPosts() {
        inbox.post(() -> {
            done.add("first");
            inbox.post(() -> done.add("third"));
        });
        inbox.post(() -> done.add("second"));

        inbox.runAll(() -> false);

        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void shouldLeaveTheRestWhenItIsOver() {
        inbox.post(() -> done.add("last"));
        inbox.post(() -> done.add("too late"));

        inbox.runAll(() -> !done.isEmpty());

        assertThat(done).containsExactly("last");
    }

    @Test
    void shouldNotWaitWhileThereIsWork() {
        inbox.post(() -> {});

        inbox.await(HOUR_NS);
        inbox.await(HOUR_NS);
    }

    @Test
    void shouldWakeAnOwnerThatWaits() throws InterruptedException {
        Inbox[] waiting = new Inbox[1];
        Thread owner = new Thread(() -> {
            while (done.isEmpty()) {
                waiting[0].await(HOUR_NS);
                waiting[0].runAll(() -> false);
            }
        });
        waiting[0] = new Inbox(owner);
        owner.start();

        waiting[0].post(() -> done.add("work"));
        owner.join();

        assertThat(done).containsExactly("work");
    }
}
