package voiptui.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes to and from a relay, which TLS runs on. One connection; {@link #open} blocks its caller, {@link #close} may be
 * called by any thread and ends the wait.
 */
interface RelayStream extends AutoCloseable {

    /** Connects; call once. */
    Socket open() throws IOException, InterruptedException;

    /** The relay has answered through the connection as a relay does. */
    void onWorking();

    /** The connection was of no use. */
    void onUseless();

    /** Returns the first bytes received, as many as the answer of a classic relay has; empty if none came. */
    byte[] firstBytes();

    /** Returns what ended the connection, for people, where the stream knows it better than an exception does. May wait. */
    Optional<String> problem();

    /** Returns the local address; null: not connected, or there is none. Any thread. */
    @Nullable
    InetAddress localAddress();

    /** Returns the relay's address, also after the connection was closed; null: not connected, or there is none. Any thread. */
    @Nullable
    InetSocketAddress remoteAddress();

    /** Closes the connection at once. Any thread; does not block. */
    @Override
    void close();
}
