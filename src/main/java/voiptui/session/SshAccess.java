package voiptui.session;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.ssh.SshHost;

/**
 * The way to a relay through the {@code ssh} of the system, and the first connection, for which it may have asked for a
 * password. Any thread.
 */
public final class SshAccess implements AutoCloseable {

    /** Outcome of the first connection. */
    public sealed interface Outcome {

        /**
         * There is a connection; the session uses it.
         *
         * @param fingerprint what the relay showed
         */
        record Connected(Fingerprint fingerprint) implements Outcome {}

        /** A classic relay listens there. */
        record Classic() implements Outcome {}

        /**
         * There is no connection.
         *
         * @param problem what went wrong, for people
         */
        record Failed(String problem) implements Outcome {}
    }

    private final SshHost host;
    private final int relayPort;
    private final @Nullable InetAddress bind;
    /** Shows what ssh prints; null: ssh must not ask. */
    private volatile @Nullable Consumer<String> printed;

    private @Nullable TlsDialer ready;

    /**
     * Describes a way.
     *
     * @param relayPort the relay's TCP port, as seen on the host itself
     * @param bind the local address to connect from; null: chosen by the system
     */
    public SshAccess(SshHost host, int relayPort, @Nullable InetAddress bind) {
        this.host = host;
        this.relayPort = relayPort;
        this.bind = bind;
    }

    /** Returns the host that the relay is on. */
    public SshHost host() {
        return host;
    }

    /** Returns the relay's TCP port, as seen on the host itself. */
    public int relayPort() {
        return relayPort;
    }

    /**
     * Lets {@code ssh} ask questions on the terminal in new connections, and shows what it has to say, until this is called with
     * null.
     *
     * @param shown receives what {@code ssh} prints, line by line, printable; on a thread of its own. Null: it asks nothing
     */
    public void letAsk(@Nullable Consumer<String> shown) {
        printed = shown;
    }

    /** Returns a new connection, which has not been opened. */
    SshStream stream() {
        boolean asks = printed != null;
        return new SshStream(host.forward(relayPort, bind, asks), this::print, !asks);
    }

    private void print(String line) {
        Consumer<String> shown = printed;
        if (shown != null) {
            shown.accept(line);
        }
    }

    /**
     * Connects now, before there is a screen, and keeps the connection for the session: {@code ssh} may ask for a password or
     * whether the host is the right one, and could not during a call. Blocks its caller until it has an answer; while {@code ssh}
     * may ask, without a time limit.
     *
     * @param timeoutMs limit for each answer of the relay, in milliseconds
     */
    public Outcome connect(Identity identity, int timeoutMs) throws InterruptedException {
        TlsDialer dial = TlsDialer.through(stream(), timeoutMs);
        keep(dial);
        try {
            dial.connect();
            Optional<Fingerprint> shown = dial.handshake(identity);
            if (shown.isPresent()) {
                return new Outcome.Connected(shown.get());
            }
            close();
            return new Outcome.Classic();
        } catch (IOException failed) {
            String problem = dial.describe(failed);
            close();
            return new Outcome.Failed(problem);
        }
    }

    private synchronized void keep(TlsDialer dial) {
        ready = dial;
    }

    /** Returns the first connection, which belongs to the caller from now on; null: there is none, or it is taken. */
    synchronized @Nullable TlsDialer takeReady() {
        TlsDialer taken = ready;
        ready = null;
        return taken;
    }

    /** Closes the first connection if no session has taken it. */
    @Override
    public void close() {
        TlsDialer unused = takeReady();
        if (unused != null) {
            unused.close();
        }
    }
}
