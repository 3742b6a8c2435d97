package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;
import voiptui.testkit.Deadline;

@Timeout(60)
class DriverThreadTest {

    private static final long SHORT_MS = 10;
    private static final long LONG_MS = 30_000;

    private final DriverThread thread = new DriverThread("driver", () -> {}, Long.MAX_VALUE);
    private final LinkedBlockingQueue<String> discarded = new LinkedBlockingQueue<>();

    @Test
    void shouldReturnWhatTheCallReturns() throws AudioUnavailableException {
        assertThat(thread.call(() -> Thread.currentThread().getName(), discarded::add))
                .isEqualTo("driver");
        assertThat(discarded).isEmpty();
    }

    @Test
    void shouldPassOnWhyTheCallFailed() {
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> thread.call(
                        () -> {
                            throw new AudioUnavailableException(Subject.NAMED_DEVICE, "no such device");
                        },
                        late -> {}))
                .withMessage("no such device");
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> thread.call(
                        () -> {
                            throw new IllegalStateException("a bug of the driver");
                        },
                        late -> {}))
                .withMessageContaining("a bug of the driver");
    }

    @Test
    void shouldNotWaitForADriverThatHangsAndDiscardWhatComesTooLate() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> thread.call(
                        () -> {
                            await(hangs);
                            return "late";
                        },
                        discarded::add))
                .withMessage("the sound system does not respond")
                .satisfies(unavailable -> assertThat(unavailable.namedByUser()).isFalse());
        assertThatExceptionOfType(AudioUnavailableException.class)
                .as("without waiting, as it hangs still")
                .isThrownBy(() -> thread.call(() -> "unused", discarded::add));
        hangs.countDown();
        assertThat(discarded.take()).isEqualTo("late");
        Deadline.require(10_000, () -> "it works again", this::works);
        assertThat(discarded).isEmpty();
    }

    private boolean works() {
        try {
            return thread.call(() -> "again", discarded::add).equals("again");
        } catch (AudioUnavailableException notYet) {
            return false;
        }
    }

    @Test
    void shouldWaitUntilEarlierCallsAreDone() {
        assertThat(thread.awaitDone(SHORT_MS)).as("nothing to wait for").isTrue();
        CountDownLatch latch = new CountDownLatch(1);
        thread.run(() -> await(latch));
        assertThat(thread.awaitDone(SHORT_MS)).isFalse();
        latch.countDown();
        assertThat(thread.awaitDone(LONG_MS)).isTrue();
    }

    @Test
    void shouldNotWaitWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> thread.call(
                        () -> {
                            await(new CountDownLatch(1));
                            return "never";
                        },
                        discarded::add));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
