package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.testkit.ManualClock;

@Timeout(30)
class RelayStateTest {

    @Test
    void shouldNameItsThreadsWhichEndWithIt(@TempDir Path folder) throws Exception {
        DirectorySettings settings =
                new DirectorySettings(folder, AccessPolicy.OPEN, new DirectorySettings.NameLimits(0, 0));
        RelayState state = RelayState.open(settings, line -> {}, new ManualClock());
        assertThat(state.threads()).isEmpty();
        state.directory().start(Runnable::run);
        state.listen(new FakeSessionHandler(null, 0), List::of, Runnable::run, how -> true);
        List<Thread> threads = state.threads();

        assertThat(threads).extracting(Thread::getName).containsExactly("relay-state", "relay-ops");
        assertThat(threads).allMatch(Thread::isAlive);
        state.close();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
