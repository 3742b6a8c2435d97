package voiptui.relay;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.RelayEvent;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.ops.OperatorCommands;
import voiptui.relay.ops.OpsServer;
import voiptui.relay.ops.StateLock;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * A running relay's state directory: locked, with its names and blocks, and with the socket for the operator's commands.
 * Opened, started and closed by the thread that starts and closes the relay.
 */
final class RelayState implements AutoCloseable {

    private final DirectorySettings settings;
    private final StateLock lock;
    private final Directory directory;
    private final Consumer<String> warn;
    private @Nullable OpsServer ops;

    private RelayState(DirectorySettings settings, StateLock lock, Directory directory, Consumer<String> warn) {
        this.settings = settings;
        this.lock = lock;
        this.directory = directory;
        this.warn = warn;
    }

    /**
     * Locks the directory and reads its files.
     *
     * @param warn receives lines for the operator
     * @throws IOException if another relay uses the directory, or a file cannot be read; the message is for the operator
     */
    static RelayState open(DirectorySettings settings, Consumer<String> warn, NanoClock clock) throws IOException {
        StateLock lock = StateLock.take(settings.stateDir(), warn);
        try {
            return new RelayState(settings, lock, Directory.open(settings, warn, clock, InstantSource.system()), warn);
        } catch (IOException unreadable) {
            lock.close();
            throw unreadable;
        }
    }

    /** Returns the names and blocks. */
    Directory directory() {
        return directory;
    }

    /**
     * Listens for the operator's commands. The relay runs without them where that is impossible.
     *
     * @param relays the other relays of the cluster; called by the control thread
     * @param drain begins to stop the relay; returns false if it has begun already
     */
    void listen(
            SessionHandler sessions,
            Supplier<List<RelayEvent.RelayStatus>> relays,
            Executor control,
            Predicate<Drain> drain) {
        try {
            ops = OpsServer.start(
                    settings.stateDir(),
                    System.getenv(),
                    new OperatorCommands(directory, sessions, relays, control, drain),
                    warn);
        } catch (IOException impossible) {
            warn.accept("commands such as 'voiptui relay kick' cannot reach this relay: " + impossible.getMessage());
        }
    }

    /** Returns its threads, which end with {@link #close} only. */
    List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        directory.thread().ifPresent(threads::add);
        if (ops != null) {
            threads.add(ops.thread());
        }
        return threads;
    }

    /** Stops listening, writes what is left to write, and releases the directory. */
    @Override
    public void close() {
        if (ops != null) {
            ops.close();
        }
        directory.close();
        lock.close();
    }
}
