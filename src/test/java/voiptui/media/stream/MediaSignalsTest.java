package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MediaSignalsTest {

    private final MediaSignals signals = new MediaSignals(() -> {});

    @Test
    void shouldReturnEachSignalOnce() {
        signals.heard(5);
        signals.refused();
        signals.endOfTransmission();
        signals.drained();
        signals.peerRestarted();

        MediaSignals.Raised raised = signals.take();
        assertThat(raised.heard()).isTrue();
        assertThat(raised.heardAtNs()).isEqualTo(5);
        assertThat(raised.refused()).isTrue();
        assertThat(raised.endOfTransmission()).isTrue();
        assertThat(raised.drained()).isTrue();
        assertThat(raised.peerRestarted()).isTrue();
        assertThat(signals.take()).isEqualTo(new MediaSignals.Raised(0, false, 5));
    }

    @Test
    void shouldReturnTheTimeOfTheLatestPacket() {
        signals.heard(5);
        signals.heard(6);

        assertThat(signals.take().heardAtNs()).isEqualTo(6);
    }

    /** The call thread looks every 40 ms; to wake it for each packet took as much processor time as all else that it does. */
    @Test
    void shouldWakeTheCallThreadForTheFirstPacketAndAfterAPauseOnly() {
        AtomicInteger woken = new AtomicInteger();
        MediaSignals waking = new MediaSignals(woken::incrementAndGet);
        for (int packet = 0; packet < 50; packet++) {
            waking.heard(packet * 20_000_000L);
            assertThat(waking.take().heard()).isTrue();
        }
        assertThat(woken).hasValue(1);

        waking.heard(5_000_000_000L);
        assertThat(woken).hasValue(2);
    }

    /** Whatever the timing: the one packet that was heard is never overlooked. */
    @Test
    @Timeout(60)
    void shouldLoseNoSignalBetweenTwoThreads() throws InterruptedException {
        AtomicLong heard = new AtomicLong();
        int rounds = 20_000;
        CountDownLatch over = new CountDownLatch(1);
        Thread call = new Thread(
                () -> {
                    while (heard.get() < rounds) {
                        if (signals.take().heard()) {
                            heard.incrementAndGet();
                        }
                    }
                    over.countDown();
                },
                "call");
        call.setDaemon(true);
        call.start();
        for (int round = 0; round < rounds; round++) {
            signals.heard(round);
            while (heard.get() <= round
                    && over.getCount() > 0
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(30)
    void shouldWakeTheCallThread() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        Thread[] call = {null};
        MediaSignals waking = new MediaSignals(() -> LockSupport.unpark(call[0]));
        call[0] = new Thread(
                () -> {
                    while (!waking.take().endOfTransmission()) {
                        LockSupport.park();
                    }
                    woken.countDown();
                },
                "call");
        call[0].setDaemon(true);
        call[0].start();
        waking.endOfTransmission();

        assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
