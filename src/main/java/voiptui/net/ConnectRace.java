package voiptui.net;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.time.NanoClock;

/**
 * Opens a TCP connection to the first address of a host that accepts one ("happy eyeballs", RFC 8305): the next address is
 * tried while the one before has not answered yet, each on a thread of its own, {@code voiptui-connect}.
 *
 * <p>{@link #connect} blocks its caller; {@link #close} may be called by any thread and ends the wait.
 *
 * @param <S> the kind of socket
 */
public final class ConnectRace<S extends Socket> implements AutoCloseable {

    /** The recommended time between two attempts, in milliseconds (RFC 8305, section 5). */
    static final long ATTEMPT_DELAY_MS = 250;
    /** The shortest, for a short time limit. */
    private static final long LEAST_DELAY_MS = 10;

    /** The end of an attempt; without a problem it is connected. */
    private record Outcome<S>(
            InetSocketAddress address, S socket, @Nullable IOException problem) {}

    private final Supplier<S> sockets;
    private final @Nullable InetAddress bind;
    private final int timeoutMs;
    private final NanoClock clock;
    private final BlockingQueue<Outcome<S>> outcomes = new LinkedBlockingQueue<>();
    private final Set<S> open = new HashSet<>();
    private boolean closed;

    /**
     * Prepares one connection.
     *
     * @param sockets creates an unconnected socket for each attempt
     * @param bind the local address to connect from; null: chosen by the system
     * @param timeoutMs limit for all attempts together, in milliseconds
     */
    public ConnectRace(Supplier<S> sockets, @Nullable InetAddress bind, int timeoutMs, NanoClock clock) {
        this.sockets = sockets;
        this.bind = bind;
        this.timeoutMs = timeoutMs;
        this.clock = clock;
    }

    /**
     * Connects; call once.
     *
     * @param addresses in the order in which to try them, at least one
     * @return the connected socket, which belongs to the caller; all others are closed
     * @throws ConnectFailure if no address accepts the connection in time
     * @throws InterruptedIOException if the thread is interrupted; it stays so
     * @throws SocketException if the race is closed
     */
    public S connect(List<InetSocketAddress> addresses) throws IOException {
        long startNs = clock.nanoTime();
        long deadlineNs = startNs + timeoutMs * NS_PER_MS;
        long delayMs = Math.max(LEAST_DELAY_MS, Math.min(ATTEMPT_DELAY_MS, timeoutMs / (2L * addresses.size())));
        ConnectSchedule schedule = new ConnectSchedule(addresses.size(), delayMs * NS_PER_MS, startNs);
        List<ConnectFailure.Attempt> failures = new ArrayList<>();
        S winner = null;
        try {
            while (winner == null && !schedule.isOver()) {
                for (int i = schedule.start(clock.nanoTime()); i >= 0; i = schedule.start(clock.nanoTime())) {
                    attempt(addresses.get(i), deadlineNs);
                }
                long idleNs = schedule.idleNs(clock.nanoTime());
                Outcome<S> outcome =
                        idleNs == Long.MAX_VALUE ? outcomes.take() : outcomes.poll(idleNs, TimeUnit.NANOSECONDS);
                if (outcome == null) {
                    continue;
                }
                IOException problem = outcome.problem;
                if (problem == null) {
                    winner = outcome.socket;
                } else {
                    schedule.onFailed(clock.nanoTime());
                    failures.add(new ConnectFailure.Attempt(outcome.address, problem));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting");
        } finally {
            closeAllBut(winner);
        }
        if (winner == null) {
            throw ConnectFailure.of(failures, bind, timeoutMs);
        }
        return winner;
    }

    private void attempt(InetSocketAddress address, long deadlineNs) throws IOException {
        S socket = sockets.get();
        synchronized (this) {
            if (closed) {
                socket.close();
                throw new SocketException("closed");
            }
            open.add(socket);
        }
        Thread thread = new Thread(() -> outcomes.add(attempt(socket, address, deadlineNs)), "voiptui-connect");
        thread.setDaemon(true);
        thread.start();
    }

    private Outcome<S> attempt(S socket, InetSocketAddress address, long deadlineNs) {
        try {
            if (bind != null) {
                socket.bind(new InetSocketAddress(bind, 0));
            }
            long leftMs = (deadlineNs - clock.nanoTime()) / NS_PER_MS;
            if (leftMs <= 0) {
                throw new SocketTimeoutException();
            }
            socket.connect(address, (int) leftMs);
            return new Outcome<>(address, socket, null);
        } catch (IOException failed) {
            return new Outcome<>(address, socket, failed);
        } catch (RuntimeException unusable) {
            return new Outcome<>(address, socket, new IOException(unusable.getMessage(), unusable));
        }
    }

    private synchronized void closeAllBut(@Nullable S winner) {
        open.remove(winner);
        open.forEach(ConnectRace::closeQuietly);
        open.clear();
        if (closed && winner != null) {
            closeQuietly(winner);
        }
        closed = true;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    /** Gives up: closes every socket that is not connected yet. */
    @Override
    public void close() {
        closeAllBut(null);
    }
}
