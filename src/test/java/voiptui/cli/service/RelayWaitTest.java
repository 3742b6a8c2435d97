package voiptui.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;

@Timeout(30)
class RelayWaitTest {

    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void shouldFailWhenANeededThreadHasEnded() throws InterruptedException {
        Thread media = new Thread(() -> {}, "relay-media");
        media.start();
        media.join();

        assertThatThrownBy(() -> RelayWait.await(stop, List.of(Thread.currentThread(), media), 1))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessage("internal error: the thread relay-media has ended; restart the relay");
    }

    @Test
    void shouldReturnWhenTheRelayIsToStop() throws Exception {
        stop.countDown();
        RelayWait.await(stop, List.of(Thread.currentThread()), 1_000);
        assertThat(stop.getCount()).isZero();
    }
}
