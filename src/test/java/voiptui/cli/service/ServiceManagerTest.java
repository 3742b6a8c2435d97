package voiptui.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.relay.registrar.Drain;
import voiptui.testkit.ManualClock;

/** What systemd is told, and whether the journal is written to. */
class ServiceManagerTest {

    private final List<String> sent = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final ServiceManager manager = ServiceManager.of(Map.of(), 7, sent::add, clock);

    @Test
    void shouldTellWhenItRereadsAndStops() {
        manager.onReloading();
        manager.onReloaded();
        manager.onDraining(30_000);
        manager.onStopping();

        assertThat(sent.get(0)).startsWith("RELOADING=1\nMONOTONIC_USEC=" + clock.nanoTime() / 1_000 + "\n");
        assertThat(sent.get(1)).startsWith("READY=1\n");
        assertThat(sent.get(2)).contains("STOPPING=1\n").contains("EXTEND_TIMEOUT_USEC=35000000");
        assertThat(sent.get(3)).startsWith("STOPPING=1\n");
    }

    @Test
    void shouldBeSilentWhileARelayDoesNotAnswer() throws InterruptedException {
        manager.feed(() -> {
            throw new TimeoutException();
        });
        assertThat(sent).isEmpty();

        manager.feed(() -> null);
        assertThat(sent).containsExactly("WATCHDOG=1");
    }

    @Test
    void shouldSayNothingWithoutASocket() {
        new RelayShutdown(new Drain(null, 0), ServiceManager.of(Map.of())).stop();
        ServiceManager.of(Map.of("NOTIFY_SOCKET", "relative/path")).onReloading();
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldKnowTheJournalByDeviceAndInode(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        String named = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");

        assertThat(JournalStream.is(file, Map.of("JOURNAL_STREAM", named))).isTrue();
        assertThat(JournalStream.is(file, Map.of("JOURNAL_STREAM", named + "0")))
                .isFalse();
        assertThat(JournalStream.is(file, Map.of())).isFalse();
        assertThat(JournalStream.is(folder.resolve("none"), Map.of("JOURNAL_STREAM", named)))
                .isFalse();
    }
}
