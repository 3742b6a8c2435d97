package voiptui.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.net.ssh.SshSocket;

/**
 * A connection through {@code ssh} to a relay that listens on the host itself. Whether {@code ssh} gets through only shows
 * when the relay answers, so the time limit holds until {@link #onWorking}.
 */
final class SshStream implements RelayStream {

    /** How long {@code ssh} may take until the relay answers, in milliseconds, where it asks no questions. */
    static final int CONNECT_MS = 15_000;

    /** The exit status of a shell that does not find a command (POSIX, Shell Command Language, 2.8.2). */
    private static final int NOT_FOUND = 127;
    /** A process that a signal has ended has this status plus the signal's number. */
    private static final int SIGNALLED = 128;
    /** SIGTERM. */
    private static final int TERMINATED = 15;
    /** The status with which ssh reports its own errors; greater than that of any signal. */
    private static final int SSH_FAILED = 255;

    private final List<String> command;
    private final Consumer<String> heard;
    private final boolean isLimited;
    private volatile @Nullable SshSocket socket;
    private volatile boolean worked;
    private volatile boolean overdue;
    private volatile boolean closed;

    /**
     * Prepares a connection.
     *
     * @param heard receives what {@code ssh} prints as errors, line by line, printable; on a thread of its own
     * @param isLimited whether the relay has to answer within {@link #CONNECT_MS}
     */
    SshStream(List<String> command, Consumer<String> heard, boolean isLimited) {
        this.command = List.copyOf(command);
        this.heard = heard;
        this.isLimited = isLimited;
    }

    @Override
    public Socket open() throws IOException {
        SshSocket started = SshSocket.start(command, TlsDialer.CLASSIC_ANSWER.length, heard);
        socket = started;
        if (closed) {
            started.close();
            throw new SocketException("closed");
        }
        if (isLimited) {
            CompletableFuture.delayedExecutor(CONNECT_MS, TimeUnit.MILLISECONDS).execute(this::onOverdue);
        }
        return started;
    }

    private void onOverdue() {
        if (!worked && !closed) {
            overdue = true;
            close();
        }
    }

    @Override
    public void onWorking() {
        worked = true;
    }

    @Override
    public void onUseless() {
        // The next attempt uses a new process anyway.
    }

    @Override
    public byte[] firstBytes() {
        SshSocket started = socket;
        return started == null ? new byte[0] : started.firstBytes();
    }

    @Override
    public Optional<String> problem() {
        SshSocket started = socket;
        if (overdue) {
            return Optional.of("ssh: no connection within " + CONNECT_MS + " ms");
        }
        if (started == null) {
            return Optional.empty();
        }
        try {
            OptionalInt status = started.awaitExit();
            return status.isEmpty() || closed && isEndedByClose(status.getAsInt(), started.lastErrors())
                    ? Optional.empty()
                    : describe(status.getAsInt(), started.lastErrors(), worked);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns whether a process ended as it does when it is asked to; if not, it was gone before. */
    static boolean isEndedByClose(int status, List<String> errors) {
        return status == SIGNALLED + TERMINATED
                || !errors.isEmpty() && errors.get(errors.size() - 1).startsWith("Killed by signal " + TERMINATED);
    }

    /**
     * Returns why {@code ssh} ended; empty: it had no problem.
     *
     * @param status its exit status
     * @param errors the last lines that it printed as errors
     * @param worked whether the relay had answered before
     */
    static Optional<String> describe(int status, List<String> errors, boolean worked) {
        String last = errors.isEmpty() ? "" : errors.get(errors.size() - 1).replaceFirst("[.]$", "");
        if (status == 0) {
            return Optional.empty();
        } else if (status == NOT_FOUND) {
            return Optional.of("ssh is not installed, or not in PATH: install the OpenSSH client");
        } else if (status > SIGNALLED && status < SSH_FAILED) {
            return Optional.of("ssh was ended by signal " + (status - SIGNALLED));
        }
        for (String line : errors) {
            if (!worked && line.contains("administratively prohibited")) {
                return Optional.of("ssh: the host forbids forwarding: its administrator has to allow it"
                        + " (AllowTcpForwarding in sshd_config)");
            } else if (!worked && line.contains("open failed")) {
                return Optional.of("ssh: no relay there (" + line
                        + "): start 'voiptui relay' on that host, or give its port with --relay-tcp-port");
            }
        }
        return Optional.of(
                last.isEmpty() ? "ssh ended with status " + status : last.startsWith("ssh: ") ? last : "ssh: " + last);
    }

    @Override
    public @Nullable InetAddress localAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return null;
    }

    @Override
    public void close() {
        closed = true;
        SshSocket started = socket;
        if (started != null) {
            started.close();
        }
    }
}
