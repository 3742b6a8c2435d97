package voiptui.net.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.net.FirstBytes;

/**
 * A connection that an {@code ssh} process carries on its standard input and output, as a socket that TLS can run on. It
 * counts as connected from the start; whether {@code ssh} is only shows when bytes arrive, or when it ends.
 *
 * <p>Has no addresses and no time limits of its own. Any thread; {@link #close} does not block, and ends a read in progress
 * because the process ends.
 */
public final class SshSocket extends Socket {

    /** How long {@code ssh} may take to end by itself, in milliseconds. */
    private static final long END_MS = 500;

    /**
     * Runs a command that neither Ctrl+C nor Ctrl+Z nor the end of the terminal reaches: these concern the program, which
     * still has to say goodbye through the connection.
     */
    private static final List<String> AWAY_FROM_KEYS =
            List.of("/bin/sh", "-c", "trap '' HUP INT QUIT TSTP; exec \"$@\"", "sh");

    private final Process process;
    private final FirstBytes in;
    private final ErrorOutput errors;
    /** Without it, a process that asks for a password would go on asking after this program has ended. */
    private final Thread endAtExit;

    private volatile boolean closed;

    private SshSocket(Process process, int firstBytes, Consumer<String> heard) {
        this.process = process;
        this.in = new FirstBytes(process.getInputStream(), firstBytes);
        this.errors = ErrorOutput.of(process, heard);
        this.endAtExit = new Thread(process::destroy, "voiptui-ssh-end");
        Runtime.getRuntime().addShutdownHook(endAtExit);
    }

    /**
     * Starts a process.
     *
     * @param command see {@link SshHost#forward}
     * @param firstBytes how many received bytes are kept for {@link #firstBytes}
     * @param heard receives each line that the process prints as an error, made printable; on a thread of its own
     * @throws IOException if the process cannot be started
     */
    public static SshSocket start(List<String> command, int firstBytes, Consumer<String> heard) throws IOException {
        List<String> words = new ArrayList<>();
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            words.addAll(AWAY_FROM_KEYS);
        }
        words.addAll(command);
        return new SshSocket(new ProcessBuilder(words).start(), firstBytes, heard);
    }

    /** Returns the first bytes received, as many as were to be kept, or fewer if the stream has ended. */
    public byte[] firstBytes() {
        return in.kept();
    }

    /**
     * Waits for the process to end, for half a second at most: its last words may be on the way.
     *
     * @return its exit status; empty if it still runs
     */
    public OptionalInt awaitExit() throws InterruptedException {
        if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
            return OptionalInt.empty();
        }
        errors.awaitEnd(END_MS);
        return OptionalInt.of(process.exitValue());
    }

    /** Returns the last lines that the process printed as errors, made printable, the last one at the end; a copy. */
    public List<String> lastErrors() {
        return errors.lastLines();
    }

    /** Makes the process end: at first politely, then by force. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Runtime.getRuntime().removeShutdownHook(endAtExit);
        } catch (IllegalStateException ending) {
            // The program ends, and the hook runs.
        }
        process.destroy();
        process.onExit().orTimeout(END_MS, TimeUnit.MILLISECONDS).exceptionally(late -> process.destroyForcibly());
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    /** Ends the output; the other side reads an end of stream. */
    @Override
    public void shutdownOutput() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void shutdownInput() {
        // Nobody reads any more; the process ends with close().
    }

    /** Has no effect: a pipe has no time limit. */
    @Override
    public void setSoTimeout(int timeoutMs) {
        // See the class.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    /** Returns that closing does not wait for unsent data. */
    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public String toString() {
        return "ssh process " + process.pid();
    }
}
