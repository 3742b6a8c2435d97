package voiptui.relay.ops;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Listens on a Unix domain socket, which only the user that runs the relay can open (mode 0600), and answers one request
 * per connection. Connections are served one after the other on the thread {@code relay-ops}; one that is silent for two
 * seconds is closed.
 */
public final class OpsServer implements AutoCloseable {

    static final int MAX_REQUEST_BYTES = 1_024;
    private static final int CONNECTION_MS = 2_000;
    private static final long RETRY_NS = 200_000_000;
    private static final int REPLY_MS = 10_000;
    private static final int CLOSE_MS = 2_000;

    /** A listening socket and its path. */
    private record Bound(ServerSocketChannel listener, Path socket) {}

    private final OperatorCommands commands;
    private final Consumer<String> warn;
    private final Path stateDir;
    private final ServerSocketChannel listener;
    private final Path socket;
    private final Selector selector;
    private final Thread thread;

    private OpsServer(
            OperatorCommands commands,
            Consumer<String> warn,
            Path stateDir,
            ServerSocketChannel listener,
            Path socket,
            Selector selector) {
        this.commands = commands;
        this.warn = warn;
        this.stateDir = stateDir;
        this.listener = listener;
        this.socket = socket;
        this.selector = selector;
        this.thread = new Thread(this::run, "relay-ops");
    }

    /**
     * Starts to listen, instead of a relay that has been killed. The caller holds the {@link StateLock}.
     *
     * @param environment the environment variables; {@code XDG_RUNTIME_DIR} is used where the state directory cannot hold a
     *     socket
     * @param warn receives lines for the operator
     * @throws IOException if there is no place for a socket
     */
    public static OpsServer start(
            Path stateDir, Map<String, String> environment, OperatorCommands commands, Consumer<String> warn)
            throws IOException {
        try {
            Bound bound = bind(stateDir, environment);
            bound.listener.configureBlocking(false);
            Selector selector = Selector.open();
            bound.listener.register(selector, SelectionKey.OP_ACCEPT);
            OpsServer server = new OpsServer(commands, warn, stateDir, bound.listener, bound.socket, selector);
            server.thread.start();
            return server;
        } catch (UnsupportedOperationException noSockets) {
            throw new IOException("this system has no Unix domain sockets", noSockets);
        }
    }

    private static Bound bind(Path stateDir, Map<String, String> environment) throws IOException {
        Path pointer = stateDir.resolve(SocketPath.POINTER_NAME);
        Path socket = stateDir.toAbsolutePath().resolve(SocketPath.SOCKET_NAME);
        Files.deleteIfExists(pointer);
        try {
            return bindPrivately(socket);
        } catch (IOException noSocketsThere) {
            Files.deleteIfExists(socket);
            Path elsewhere = SocketPath.createFolder(environment).resolve(SocketPath.SOCKET_NAME);
            Bound bound = new Bound(listenOn(elsewhere), elsewhere);
            Files.writeString(pointer, elsewhere + "\n");
            return bound;
        }
    }

    private static ServerSocketChannel listenOn(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            makePrivate(socket);
            return listener;
        } catch (IOException failed) {
            listener.close();
            throw failed;
        }
    }

    /** Binds in a directory that only the owner can enter, so that nobody connects before the socket has its mode. */
    private static Bound bindPrivately(Path socket) throws IOException {
        Path folder = Files.createTempDirectory(socket.getParent(), ".ops");
        Path fresh = folder.resolve("s");
        try {
            if (!SocketPath.fits(socket) || !SocketPath.fits(fresh)) {
                throw new IOException("the path is too long for a socket: " + socket);
            }
            ServerSocketChannel listener = listenOn(fresh);
            try {
                Files.move(fresh, socket, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failed) {
                listener.close();
                throw failed;
            }
            return new Bound(listener, socket);
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(folder);
        }
    }

    private static void makePrivate(Path socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Returns the thread that serves the connections; it ends with {@link #close} only. */
    public Thread thread() {
        return thread;
    }

    /** Returns the path of the socket. */
    Path socket() {
        return socket;
    }

    private void run() {
        while (listener.isOpen()) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                SocketChannel connection = listener.isOpen() ? listener.accept() : null;
                if (connection != null) {
                    serve(connection);
                }
            } catch (IOException | RuntimeException failed) {
                // For instance no file descriptor is free: waits for one, or for the end.
                LockSupport.parkNanos(RETRY_NS);
            }
        }
    }

    private void serve(SocketChannel accepted) throws IOException {
        try (SocketChannel connection = accepted) {
            TimedChannel channel = new TimedChannel(connection, CONNECTION_MS);
            String request = channel.readLine(MAX_REQUEST_BYTES);
            if (!request.isBlank()) {
                channel.write(reply(request).text());
            }
        }
    }

    private OpsReply reply(String request) {
        try {
            return commands.carryOut(request).get(REPLY_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return OpsReply.failed(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } catch (TimeoutException slow) {
            return OpsReply.failed("the relay is too busy, or its disk does not respond: try again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return OpsReply.failed("the relay is stopping");
        } catch (RuntimeException bug) {
            warn.accept("internal error in an operator's command: " + bug);
            return OpsReply.failed("internal error of the relay: " + bug);
        }
    }

    /** Stops listening and removes the socket. */
    @Override
    public void close() {
        try {
            listener.close();
            selector.close();
            thread.interrupt();
            thread.join(CLOSE_MS);
            Files.deleteIfExists(socket);
            removePointer();
        } catch (IOException gone) {
            // The next relay replaces what is left.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void removePointer() throws IOException {
        Path folder = socket.getParent();
        if (Files.deleteIfExists(stateDir.resolve(SocketPath.POINTER_NAME)) && folder != null) {
            Files.deleteIfExists(folder);
        }
    }
}
