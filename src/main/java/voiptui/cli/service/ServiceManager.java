package voiptui.cli.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.natives.UnixDatagram;
import voiptui.relay.Relay;
import voiptui.time.NanoClock;

/**
 * Tells systemd that the relay is ready, rereads its files or stops, and that it is alive (sd_notify(3)): {@code
 * $NOTIFY_SOCKET} names a socket, {@code $WATCHDOG_USEC} how often to be heard. Without the variables nothing happens.
 *
 * <p>The watchdog is fed by the thread {@code relay-watchdog}, and only after the threads that serve clients have answered. Any
 * thread; sending does not block.
 */
public final class ServiceManager {

    private static final long US_PER_MS = 1_000;
    private static final long NS_PER_US = 1_000;
    /** The watchdog is heard that many times in the time after which systemd acts. */
    private static final long BEATS = 3;

    /** What the relay may take to stop after its calls have ended, in milliseconds. */
    private static final long STOP_MS = 5_000;

    private final @Nullable Consumer<String> channel;
    private final long watchdogMs;
    private final NanoClock clock;

    private ServiceManager(@Nullable Consumer<String> channel, long watchdogMs, NanoClock clock) {
        this.channel = channel;
        this.watchdogMs = watchdogMs;
        this.clock = clock;
    }

    /** Returns the manager that the environment names. */
    public static ServiceManager of(Map<String, String> environment) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            return new ServiceManager(null, 0, NanoClock.SYSTEM);
        }
        return of(environment, ProcessHandle.current().pid(), channelTo(socket), NanoClock.SYSTEM);
    }

    /** As above, with the number of this process and what sends messages. */
    static ServiceManager of(Map<String, String> environment, long pid, Consumer<String> channel, NanoClock clock) {
        String period = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        boolean isWatched = period.matches("[0-9]{1,15}") && whose.equals(Long.toString(pid));
        return new ServiceManager(channel, isWatched ? Long.parseLong(period) / US_PER_MS : 0, clock);
    }

    private static Consumer<String> channelTo(String socket) {
        try {
            return UnixDatagram.to(socket)::send;
        } catch (UnsatisfiedLinkError noNatives) {
            return ServiceManager::sendByHelper;
        }
    }

    /** Where the C library cannot be called: the unit then needs {@code NotifyAccess=all}. */
    private static void sendByHelper(String message) {
        List<String> command = new ArrayList<>();
        command.add("systemd-notify");
        command.add("--pid=" + ProcessHandle.current().pid());
        command.addAll(message.lines().toList());
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            // Then systemd takes the relay for one that does not start.
        }
    }

    private void send(String message) {
        if (channel != null) {
            channel.accept(message);
        }
    }

    /** The relay serves clients from now on. */
    void onStarted(Relay relay) {
        send("READY=1\nSTATUS=Serving clients");
        if (watchdogMs > 0) {
            Thread watchdog = new Thread(() -> watch(relay), "relay-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    private void watch(Relay relay) {
        long intervalMs = Math.max(1, watchdogMs / BEATS);
        try {
            while (true) {
                feed(() -> relay.heartbeat().get(watchdogMs, TimeUnit.MILLISECONDS));
                Thread.sleep(intervalMs);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the threads that serve clients. */
    @FunctionalInterface
    interface Pulse {
        @Nullable
        Object await() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** Tells that the relay is alive, if it is. */
    void feed(Pulse pulse) throws InterruptedException {
        try {
            pulse.await();
            send("WATCHDOG=1");
        } catch (ExecutionException | TimeoutException stuck) {
            // systemd hears nothing, and restarts the relay.
        }
    }

    /** The relay rereads its files; {@link #onReloaded} follows. */
    void onReloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + clock.nanoTime() / NS_PER_US + "\nSTATUS=Rereading files");
    }

    /** The relay has reread its files. */
    void onReloaded() {
        send("READY=1\nSTATUS=Serving clients");
    }

    /** The relay lets its calls end. */
    void onDraining(long withinMs) {
        // The time that systemd grants counts from the signal; more has to be asked for.
        send("STOPPING=1\nSTATUS=Waiting for calls to end\nEXTEND_TIMEOUT_USEC=" + (withinMs + STOP_MS) * US_PER_MS);
    }

    /** The relay stops. */
    void onStopping() {
        send("STOPPING=1\nSTATUS=Stopping");
    }
}
