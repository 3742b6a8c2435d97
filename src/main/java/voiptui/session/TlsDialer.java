package voiptui.session;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.net.ConnectFailure;
import voiptui.time.NanoClock;

/**
 * Connects to a relay: TCP or {@code ssh} ({@link RelayStream}), then a TLS handshake in which the relay shows its
 * certificate or turns out to be a classic relay ({@code protocol.md}, section 1).
 *
 * <p>Blocks its caller; {@link #close} may be called by any thread and ends the wait.
 */
final class TlsDialer implements AutoCloseable {

    static final byte[] CLASSIC_ANSWER = "INVALID".getBytes(StandardCharsets.US_ASCII);

    private final RelayStream stream;
    private final int timeoutMs;
    private @Nullable Socket socket;
    private @Nullable SSLSocket tls;
    /** What the relay has shown; null: the handshake is not complete. */
    private @Nullable Fingerprint shown;

    private volatile boolean closed;

    private TlsDialer(RelayStream stream, int timeoutMs) {
        this.stream = stream;
        this.timeoutMs = timeoutMs;
    }

    /** Returns what connects as {@code config} says, or a connection through {@code ssh} that is there already. */
    static TlsDialer of(SessionConfig config, NanoClock clock) {
        SshAccess ssh = config.endpoint().ssh();
        if (ssh == null) {
            return new TlsDialer(
                    new TcpStream(config.endpoint().relay(), config.bind(), config.timeoutMs(), clock),
                    config.timeoutMs());
        }
        TlsDialer ready = ssh.takeReady();
        return ready == null ? new TlsDialer(ssh.stream(), config.timeoutMs()) : ready;
    }

    /** Returns what connects through {@code stream}. */
    static TlsDialer through(RelayStream stream, int timeoutMs) {
        return new TlsDialer(stream, timeoutMs);
    }

    /** Connects, unless it is connected already. */
    void connect() throws IOException, InterruptedException {
        if (socket == null) {
            socket = stream.open();
        }
    }

    /**
     * Performs the TLS handshake, unless it is complete already.
     *
     * @return the relay's fingerprint; empty if it is a classic relay
     */
    Optional<Fingerprint> handshake(Identity identity) throws IOException {
        if (shown != null) {
            return Optional.of(shown);
        }
        Socket socket = Objects.requireNonNull(this.socket, "not connected");
        try {
            // By address, because a host name would be sent in the clear. A context per connection, so that no session
            // is resumed.
            InetAddress remote = socket.getInetAddress();
            SSLSocket tls = (SSLSocket) identity.sslContext()
                    .getSocketFactory()
                    .createSocket(socket, remote == null ? null : remote.getHostAddress(), socket.getPort(), true);
            this.tls = tls;
            tls.setEnabledProtocols(new String[] {Identity.TLS_VERSION});
            tls.setSoTimeout(timeoutMs);
            tls.startHandshake();
            tls.setSoTimeout(0);
            stream.onWorking();
            Fingerprint fingerprint = SelfSignedTrustManager.fingerprint(tls.getSession());
            shown = fingerprint;
            return Optional.of(fingerprint);
        } catch (IOException noTls) {
            if (Arrays.equals(stream.firstBytes(), CLASSIC_ANSWER)) {
                stream.onWorking();
                return Optional.empty();
            }
            if (!closed) {
                stream.onUseless();
            }
            throw noTls;
        }
    }

    /** Returns the TLS socket; only after the handshake. */
    SSLSocket tls() {
        return Objects.requireNonNull(tls);
    }

    /** Returns the local address of the connection; null: not connected, or through {@code ssh}. Any thread. */
    @Nullable
    InetAddress localAddress() {
        return stream.localAddress();
    }

    /**
     * Returns the relay's address that the connection goes to, also after it was closed; null: not connected, or through
     * {@code ssh}. Any thread.
     */
    @Nullable
    InetSocketAddress remoteAddress() {
        return stream.remoteAddress();
    }

    /** Closes the connection at once. Closing TLS could wait for a blocked write. */
    @Override
    public void close() {
        closed = true;
        stream.close();
    }

    /** Returns what went wrong, for people. */
    String describe(IOException problem) {
        Optional<String> known = stream.problem();
        if (known.isPresent()) {
            return known.get();
        } else if (problem instanceof ConnectFailure || problem instanceof UnknownHostException) {
            return RelayText.plain(problem.getMessage());
        } else if (problem instanceof SocketTimeoutException) {
            return "no answer within " + timeoutMs + " ms";
        } else if (problem instanceof EOFException) {
            return "the relay closed the connection";
        } else if (problem instanceof SSLException) {
            return "TLS failed: " + RelayText.plain(problem.getMessage());
        }
        return RelayText.plain(problem.getMessage());
    }
}
