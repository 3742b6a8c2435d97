package voiptui.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeHandleTest {

    private static final long ADDRESS = 42;

    private final List<Long> freed = new ArrayList<>();
    private final NativeHandle handle = new NativeHandle(ADDRESS, freed::add);

    @Test
    void shouldBeUsedByOneAtATime() {
        assertThat(handle.enter()).isTrue();
        assertThat(handle.address()).isEqualTo(ADDRESS);
        assertThat(handle.enter()).isFalse();
        handle.leave();

        assertThat(handle.enter()).isTrue();
        assertThat(freed).isEmpty();
    }

    @Test
    void shouldFreeOnceWhenClosed() {
        handle.close();
        handle.close();

        assertThat(freed).containsExactly(ADDRESS);
        assertThat(handle.isClosed()).isTrue();
        assertThat(handle.enter()).isFalse();
    }

    @Test
    void shouldLeaveItToTheUserToFreeWhatIsInUse() {
        handle.enter();
        handle.close();
        handle.close();
        assertThat(freed).isEmpty();
        assertThat(handle.isClosed()).isTrue();
        assertThat(handle.enter()).isFalse();

        handle.leave();
        handle.close();

        assertThat(freed).containsExactly(ADDRESS);
        assertThat(handle.enter()).isFalse();
    }

    @Test
    void shouldFreeOnceWhicheverThreadIsLast() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            AtomicInteger frees = new AtomicInteger();
            NativeHandle raced = new NativeHandle(round, address -> frees.incrementAndGet());
            Thread user = new Thread(() -> {
                while (raced.enter()) {
                    raced.leave();
                }
            });
            user.start();
            raced.close();
            user.join();
            assertThat(frees).hasValue(1);
        }
    }
}
